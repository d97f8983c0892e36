// CommandLine: what was asked for, from the words the process was started with.
#pragma once

#include "app/windowoptions.h"

#include <map>
#include <span>
#include <vector>

namespace kvscope {

/// An option a command understands: `--name` with so many values behind it.
struct OptionRule
{
    const char *name;
    int values = 1;
};

/// Words sorted by rules. Words are bytes: what the shell gave, unchanged.
class Arguments
{
  public:
    /// `--name value`, `--name=value`, and after `--` everything is positional. An option given
    /// twice keeps all its values. WrongUsage for an option that no rule knows or that lacks a
    /// value.
    static Result<Arguments> parse(std::span<const Bytes> words, std::span<const OptionRule> rules);

    const std::vector<Bytes> &positional() const { return m_positional; }
    bool has(const std::string &name) const { return m_options.contains(name); }
    /// The last one given.
    std::optional<Bytes> value(const std::string &name) const;
    /// All values of an option, in order: two for each time it was given where its rule says two.
    std::vector<Bytes> values(const std::string &name) const;

  private:
    std::vector<Bytes> m_positional;
    std::map<std::string, std::vector<Bytes>> m_options;
};

/// The words behind the program's name.
std::vector<Bytes> wordsOf(int argc, char **argv);

/// Overwrites every password in a URL among `argv`, so that no process list shows it.
/// Call after wordsOf() and before anything else.
void hidePasswords(int argc, char **argv);

/// The flags of the window (contract, The window). Qt's own (`-platform` …) are left to Qt.
Result<WindowOptions> parseWindowOptions(std::span<const Bytes> words);

} // namespace kvscope
