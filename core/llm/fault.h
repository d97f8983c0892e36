// Fault: why the lab can't do what it was asked; the sentence is made where a person reads it.
#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kvscope::llm {

/// What went wrong. Behind each: its parameters.
enum class FaultCode : std::uint8_t {
    FileUnreadable,    ///< path, the system's reason
    NotAModelFile,     ///< what the first bytes are instead
    FileBroken,        ///< the place in the file, what is wrong there
    FormatUnknown,     ///< what (version, architecture, tokenizer …), the value found
    KeyMissing,        ///< the metadata key
    KeyInvalid,        ///< the metadata key, the value found
    TensorMissing,     ///< its name
    TensorTypeUnknown, ///< its name, its type
    TensorShapeWrong,  ///< its name, the shape found, the shape wanted
    TokenInvalid,      ///< the id, the size of the vocabulary
    ContextFull,       ///< the number of tokens that fit
    CacheMismatch,     ///< what differs
    OptionInvalid,     ///< what was given, what is understood
    OutOfMemory,       ///< the bytes wanted
};

struct Fault
{
    FaultCode code;
    std::vector<std::string> parameters;
};

template<class T>
using Expected = tl::expected<T, Fault>;

inline tl::unexpected<Fault> fault(FaultCode code, std::vector<std::string> parameters = {})
{
    return tl::unexpected<Fault>(Fault{code, std::move(parameters)});
}

/// English, for tests and logs; windows and verbs translate by code.
std::string describe(const Fault &fault);

} // namespace kvscope::llm
