// Binding: the rule that ties a key template to rows of a source (contract, Binding file).
#pragma once

#include "core/binding/keytemplate.h"

#include <QString>

#include <optional>
#include <vector>

namespace kvscope {

/// What an entry's value is made of.
struct ValueRule
{
    enum class Type : std::uint8_t {
        Json,   ///< an object with a member for each of `columns`, in that order
        String, ///< the text of the one column
        Hash,   ///< a field for each of `columns` that is not NULL
    };
    Type type = Type::Json;
    std::vector<Bytes> columns;

    friend bool operator==(const ValueRule &, const ValueRule &) = default;
};

struct TtlRule
{
    double seconds = 0;
    double jitter = 0; ///< an entry gets seconds · (1 ± jitter)
    std::optional<double> minSeconds;

    /// Longer than this is too long.
    std::int64_t longestMs() const;
    /// Milliseconds for `key`: the same key gets the same each time, so that a repeated run agrees
    /// with itself.
    std::int64_t msFor(BytesView key) const;

    friend bool operator==(const TtlRule &, const TtlRule &) = default;
};

/// A value; made by parse() or load(), which promise that the members fit each other.
struct Binding
{
    QString name;
    QString source; ///< a source URL, as written
    QString rows;   ///< the query
    QString lookup; ///< the same rows for single keys, with `:column` parameters; empty: none
    std::vector<Bytes> order; ///< of a file that is given none: fileOrder()
    KeyTemplate key;
    ValueRule value;
    Bytes version;      ///< a column; empty: none
    Bytes versionField; ///< where the version stands in the value; empty: it is not stored
    std::optional<TtlRule> ttl;
    QString etcd;   ///< URL of the etcd that keeps the lease on repairing; empty: the store does
    QString folder; ///< of the file it was loaded from: relative source files lie there

    /// True where stale, ahead and diverged can be told apart.
    bool storesVersion() const { return !versionField.empty(); }
    /// Of a string's version: the key beside `key` that holds it.
    Bytes companionKey(BytesView key) const;
    /// Every column that the binding names, each once.
    std::vector<Bytes> columns() const;

    /// InvalidBinding naming the member (`{}` for the whole text).
    static Result<Binding> parse(const Bytes &json);
    /// The same from a file that holds one object or a list of them; `FILE#NAME` picks one of a
    /// list. FileUnreadable; InvalidBinding where the file holds several and none is picked.
    static Result<Binding> load(const QString &path);
    /// The file's text: what parse() reads back, indented.
    Bytes toJson() const;
    /// The same for people and for what is kept: without a password.
    Bytes publicJson() const;
};

} // namespace kvscope
