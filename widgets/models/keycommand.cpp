// KeyCommand: one row of a page is one element of a command.
#include "widgets/models/keycommand.h"

#include <algorithm>

namespace kvscope {
namespace {

constexpr int kPageElements = 1000;
constexpr char kHex[] = "0123456789abcdef";

bool isPlain(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view(":_-./@+,=*").find(static_cast<char>(c)) != std::string_view::npos;
}

const char *verbOf(ValueType type)
{
    switch (type) {
    case ValueType::Hash:
        return "HSET";
    case ValueType::List:
        return "RPUSH";
    case ValueType::Set:
        return "SADD";
    case ValueType::SortedSet:
        return "ZADD";
    case ValueType::Stream:
        return "XADD";
    default:
        return "";
    }
}

} // namespace

Bytes quoteArgument(BytesView argument)
{
    if (!argument.empty() && std::all_of(argument.begin(), argument.end(), [](char c) {
            return isPlain(static_cast<unsigned char>(c));
        })) {
        return Bytes(argument);
    }
    const bool text = isValidUtf8(argument);
    Bytes quoted = "\"";
    for (const char c : argument) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (c == '\r') {
            quoted += "\\r";
        } else if (c == '\t') {
            quoted += "\\t";
        } else if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !text)) {
            quoted += "\\x";
            quoted += kHex[byte >> 4U];
            quoted += kHex[byte & 0xFU];
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

void KeyCommand::build(Store &store, const Bytes &key, QObject *parent, Callback<Bytes> done)
{
    auto *command = new KeyCommand(store, key, parent, std::move(done));
    ReadOptions options;
    options.fields = ReadType | ReadTtl | ReadSize;
    store.reader().read(
        {key}, options,
        command->m_lifetime.guard([command](const Result<std::vector<Entry>> &entries) {
            if (!entries) return command->fail(entries.error());
            command->takeType(entries->front());
        }));
}

KeyCommand::KeyCommand(Store &store, Bytes key, QObject *parent, Callback<Bytes> done)
    : QObject(parent), m_store(store), m_key(std::move(key)), m_done(std::move(done))
{}

void KeyCommand::takeType(const Entry &entry)
{
    m_entry = entry;
    if (entry.refused) return fail(*entry.refused);
    switch (entry.type) {
    case ValueType::None:
        return fail(Error(ErrorCode::KeyNotFound, {keyText(m_key)}));
    case ValueType::Module:
        return fail(Error(ErrorCode::UnsupportedType, {valueTypeName(entry.type)}));
    case ValueType::String:
        m_store.reader().readWhole(m_key, static_cast<std::int64_t>(kMostBytes),
                                   m_lifetime.guard([this](const Result<Entry> &whole) {
                                       if (!whole) return fail(whole.error());
                                       m_text = "SET " + quoteArgument(m_key) + ' ' +
                                                quoteArgument(whole->value) + '\n';
                                       finish();
                                   }));
        return;
    default:
        readPage({});
    }
}

void KeyCommand::readPage(const Bytes &cursor)
{
    m_store.reader().readElements(m_key, m_entry.type, cursor, kPageElements,
                                  m_lifetime.guard([this](const Result<ElementPage> &page) {
                                      if (!page) return fail(page.error());
                                      takePage(*page);
                                  }));
}

void KeyCommand::takePage(const ElementPage &page)
{
    for (const std::vector<Bytes> &row : page.rows) {
        addRow(row);
        if (isTooLarge()) return;
    }
    if (!page.next.empty()) return readPage(page.next);
    endLine();
    finish();
}

void KeyCommand::addRow(const std::vector<Bytes> &row)
{
    std::vector<Bytes> arguments = row;
    // ZADD wants the score first; the table shows the member first.
    if (m_entry.type == ValueType::SortedSet && row.size() == 2)
        std::swap(arguments[0], arguments[1]);
    if (m_inLine == 0) m_line = Bytes(verbOf(m_entry.type)) + ' ' + quoteArgument(m_key);
    for (const Bytes &argument : arguments) m_line += ' ' + quoteArgument(argument);
    ++m_inLine;
    const bool oneEach = m_entry.type == ValueType::Stream;
    if (oneEach || m_inLine == kElementsALine) endLine();
}

void KeyCommand::endLine()
{
    if (m_inLine != 0) m_text += m_line + '\n';
    m_line.clear();
    m_inLine = 0;
}

bool KeyCommand::isTooLarge()
{
    if (m_text.size() + m_line.size() <= kMostBytes) return false;
    fail(Error(ErrorCode::TooLarge,
               {QString::number(m_text.size() + m_line.size()), QString::number(kMostBytes)}));
    return true;
}

void KeyCommand::finish()
{
    if (m_entry.ttlMs) {
        m_text += "PEXPIRE " + quoteArgument(m_key) + ' ' + std::to_string(*m_entry.ttlMs) + '\n';
    }
    m_done(std::move(m_text));
    deleteLater();
}

void KeyCommand::fail(const Error &error)
{
    m_done(failure(error));
    deleteLater();
}

} // namespace kvscope
