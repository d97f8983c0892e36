// RowFreshness: the row by the binding's lookup, then the entry, then a verdict as a check's.
#include "widgets/jobs/rowfreshness.h"

#include "core/jobs/entryverdict.h"
#include "core/jobs/jobspec.h"
#include "widgets/jobs/jobwords.h"

#include <QDateTime>
#include <QFileInfo>

namespace kvscope {
namespace {

KeyFreshness::Tone toneOf(EntryClass of)
{
    switch (of) {
    case EntryClass::Match:
        return KeyFreshness::Tone::Good;
    case EntryClass::Diverged:
    case EntryClass::Corrupt:
        return KeyFreshness::Tone::Bad;
    case EntryClass::Unknown:
    case EntryClass::Transient:
        return KeyFreshness::Tone::Muted;
    default:
        return KeyFreshness::Tone::Warning;
    }
}

// What a row became, as the verdicts want it.
MappedBatch batchOf(const PreviewRow &row)
{
    MappedBatch batch;
    const auto put = [&batch](BytesView text) {
        const MappedBatch::Span span{static_cast<std::uint32_t>(batch.values.size()),
                                     static_cast<std::uint32_t>(text.size())};
        batch.values.append(text);
        return span;
    };
    batch.keys.append(row.key);
    MappedBatch::Entry entry{};
    entry.value = put(row.value);
    entry.version = put(row.version);
    for (const auto &[name, content] : row.fields) {
        batch.fields.push_back(put(name));
        batch.fields.push_back(put(content));
    }
    entry.fieldCount = static_cast<std::uint32_t>(batch.fields.size());
    batch.entries.push_back(entry);
    return batch;
}

// A hash as lines, in the order of the binding.
std::optional<Bytes> textOf(const ShownValue &value)
{
    if (!value.there) return std::nullopt;
    if (!value.isHash) return value.bytes;
    Bytes text;
    for (const auto &[name, content] : value.fields)
        text += escapeBytes(name) + ": " + escapeBytes(content) + '\n';
    return text;
}

bool waitsForDemo(const Binding &binding)
{
    const QString file = demoDatabaseFile();
    return binding.source == QStringLiteral("sqlite:") + file && !QFileInfo::exists(file);
}

} // namespace

RowFreshness::RowFreshness(JobDesk &desk, QObject *parent) : FreshnessSource(parent), m_desk(desk)
{
    connect(&desk, &JobDesk::targetChanged, this, &FreshnessSource::changed);
    connect(&desk, &JobDesk::marksChanged, this, &FreshnessSource::changed);
    connect(&desk.bindings(), &BindingShelf::changed, this, &FreshnessSource::changed);
}

const Binding *RowFreshness::bindingOf(BytesView key) const
{
    for (const BindingShelf::Item &item : m_desk.bindings().items())
        if (item.binding && item.binding->key.match(key)) return &*item.binding;
    return nullptr;
}

FreshnessSource::Way RowFreshness::wayOf(BytesView key) const
{
    const Binding *binding = m_desk.target().store ? bindingOf(key) : nullptr;
    if (!binding || waitsForDemo(*binding)) return Way::None;
    if (m_desk.target().production || !m_desk.target().obstacle().isEmpty()) return Way::Remembered;
    return binding->lookup.isEmpty() ? Way::OnRequest : Way::Live;
}

KeyFreshness RowFreshness::remembered(BytesView key) const
{
    KeyFreshness known;
    if (const Binding *binding = bindingOf(key)) known.bindingName = binding->name;
    const auto mark = m_desk.markOf(key);
    if (!mark) {
        known.text = tr("not checked");
        known.detail = tr("No check has said anything of this key as it is now");
        return known;
    }
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const QString state = mark->what == EntryClass::Match ? tr("fresh") : className(mark->what);
    known.text =
        tr("%1 · %2 ago").arg(state, ageText(std::max<std::int64_t>(now - mark->checkedMs, 1'000)));
    known.detail = markText(*mark, now);
    known.tone = toneOf(mark->what);
    known.bindingName = mark->bindingName;
    return known;
}

void RowFreshness::ask(const Bytes &key, Callback<KeyFreshness> done)
{
    const Binding *binding = bindingOf(key);
    const Way way = wayOf(key);
    if (!binding || (way != Way::Live && way != Way::OnRequest))
        return done(failure(ErrorCode::Cancelled));
    m_rows.findRow(*binding, {}, key,
                   m_lifetime.guard([this, binding = *binding, key, store = m_desk.target().store,
                                     done](Result<BindingPreview> found) {
                       if (!found) return done(failure(found.error()));
                       // Another store meanwhile: its entry would be somebody else's.
                       const JobsTarget &target = m_desk.target();
                       if (target.store != store || !target.obstacle().isEmpty())
                           return done(failure(ErrorCode::Cancelled));
                       readStore(binding, key, std::move(*found), done);
                   }));
}

void RowFreshness::readStore(const Binding &binding, const Bytes &key, BindingPreview found,
                             Callback<KeyFreshness> done)
{
    BulkReadOptions options = readOptionsFor(binding);
    options.exact = true;
    options.ttl = true;
    KeyBatch keys;
    keys.append(key);
    const bool companion = binding.value.type == ValueRule::Type::String && binding.storesVersion();
    if (companion) keys.append(binding.companionKey(key));
    m_desk.target().store->bulk().read(
        keys, options,
        m_lifetime.guard([binding, companion, found = std::move(found),
                          done](const Result<BulkPage> &page) {
            if (!page) return done(failure(page.error()));
            const EntryVerdict verdict(binding);
            KeyFreshness now;
            now.bindingName = binding.name;
            now.cache = textOf(verdict.shown(*page, 0));
            EntryClass what = EntryClass::Orphan;
            if (!found.rows.empty()) {
                const PreviewRow &row = found.rows.front();
                for (std::size_t i = 0; i < found.columns.size(); ++i)
                    now.row.emplace_back(found.columns[i].name,
                                         row.cells[i].isNull() ? std::nullopt
                                                               : std::optional(row.cells[i].text));
                if (row.fault == RowFault::None) {
                    BulkPage versions;
                    if (companion) {
                        versions = *page;
                        versions.entries.erase(versions.entries.begin());
                    }
                    const MappedBatch batch = batchOf(row);
                    what = verdict.classify(batch, 0, *page, 0, companion ? &versions : nullptr);
                    now.source = textOf(verdict.shown(batch, 0));
                } else {
                    what = EntryClass::Unknown;
                }
            }
            const bool gone = what == EntryClass::Orphan && !now.cache;
            now.tone = gone ? KeyFreshness::Tone::Muted : toneOf(what);
            now.text = what == EntryClass::Match    ? tr("fresh ✓")
                       : what == EntryClass::Orphan ? tr("no row")
                                                    : className(what);
            now.detail = gone ? tr("Neither a row nor an entry") : classMeaning(what);
            now.detail +=
                QStringLiteral(" · ") + tr("asked now, by the binding %1").arg(binding.name);
            done(std::move(now));
        }));
}

} // namespace kvscope
