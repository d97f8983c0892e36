// DifferenceTeller: a difference as an item or a line.
#include "app/commands/differenceteller.h"

#include "core/base/human.h"
#include "core/config/paths.h"

namespace kvscope {
namespace {

constexpr std::size_t kDifferencesAtOnce = 256;
constexpr std::size_t kBytesAtOnce = 1U << 20U;

void addValue(JsonLine &line, BytesView name, const ShownValue &value)
{
    if (!value.there) {
        line.integer(name, std::optional<std::int64_t>());
        return;
    }
    if (!value.isHash) {
        line.bytes(name, value.bytes);
        return;
    }
    bool text = true;
    QJsonObject object;
    for (const auto &[field, content] : value.fields) {
        text = text && isValidUtf8(field) && isValidUtf8(content);
        object.insert(QString::fromStdString(field), QString::fromStdString(content));
    }
    if (text) {
        line.members({{QString::fromStdString(Bytes(name)), object}});
        return;
    }
    std::vector<std::vector<Bytes>> rows;
    for (const auto &[field, content] : value.fields) rows.push_back({field, content});
    line.rows(name, rows);
}

void say(Output &output, const Difference &difference)
{
    const char *name = entryClassName(difference.what);
    if (!output.isJson()) {
        Bytes text = Bytes(name) + ' ' + escapeBytes(difference.key);
        if (!difference.remark.empty()) text += ' ' + difference.remark;
        return output.answer(text + '\n');
    }
    JsonLine line("item");
    line.text("class", name);
    if (difference.key.empty())
        line.integer("key", std::optional<std::int64_t>());
    else
        line.bytes("key", difference.key);
    addValue(line, "cache", difference.cache);
    addValue(line, "source", difference.source);
    line.integer("age_ms", difference.ageMs);
    line.integer("ttl_ms", difference.ttlMs);
    if (!difference.remark.empty()) line.text("remark", difference.remark);
    output.line(std::move(line));
}

std::size_t bytesOf(const Difference &difference)
{
    std::size_t bytes = difference.key.size();
    for (const ShownValue *value : {&difference.cache, &difference.source}) {
        bytes += value->bytes.size();
        for (const auto &[name, content] : value->fields) bytes += name.size() + content.size();
    }
    return bytes;
}

} // namespace

DifferenceTeller::DifferenceTeller(Output &output, Lifetime &lifetime, const QString &run)
    : m_report(stateFolder(), run),
      m_deliver(lifetime.guard([&output, room = m_room](const std::vector<Difference> &some) {
          for (const Difference &difference : some) say(output, difference);
          room->release();
      }))
{}

void DifferenceTeller::add(const Difference &difference)
{
    m_report.add(difference);
    m_waiting.push_back(difference);
    m_bytes += bytesOf(difference);
    if (m_waiting.size() >= kDifferencesAtOnce || m_bytes >= kBytesAtOnce) flush();
}

Result<bool> DifferenceTeller::finish()
{
    flush();
    return m_report.finish();
}

void DifferenceTeller::flush()
{
    if (m_waiting.empty()) return;
    m_room->acquire();
    m_bytes = 0;
    m_deliver(std::exchange(m_waiting, {}));
}

} // namespace kvscope
