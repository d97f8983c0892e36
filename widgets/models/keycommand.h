// KeyCommand: the commands that make a key, as one types them into redis-cli.
#pragma once

#include "core/async/lifetime.h"
#include "core/store/store.h"

#include <QObject>

namespace kvscope {

/// An argument as redis-cli reads it back to the same bytes: plain where it can be, else in double
/// quotes with `\"`, `\\`, `\n`, `\r`, `\t` and `\xHH`. Well-formed UTF-8 stays readable.
Bytes quoteArgument(BytesView argument);

/// Reads a key in pages and writes SET, HSET, RPUSH, SADD, ZADD or XADD lines, and PEXPIRE where it
/// has an expiry. Deletes itself after answering; dropped when `parent` dies. UI thread.
class KeyCommand : public QObject
{
    Q_OBJECT

  public:
    static constexpr std::size_t kMostBytes = std::size_t{1} << 20U; ///< of value: TooLarge above
    static constexpr std::size_t kElementsALine = 100;

    static void build(Store &store, const Bytes &key, QObject *parent, Callback<Bytes> done);

  private:
    KeyCommand(Store &store, Bytes key, QObject *parent, Callback<Bytes> done);

    void takeType(const Entry &entry);
    void readPage(const Bytes &cursor);
    void takePage(const ElementPage &page);
    void addRow(const std::vector<Bytes> &row);
    void endLine();
    void finish();
    void fail(const Error &error);
    bool isTooLarge();

    Store &m_store;
    Bytes m_key;
    Callback<Bytes> m_done;
    Entry m_entry;
    Bytes m_text;
    Bytes m_line;
    std::size_t m_inLine = 0;
    Lifetime m_lifetime;
};

} // namespace kvscope
