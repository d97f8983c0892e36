// EngineBulk: peeks and sets. Versions inside values are the job's to read, so a guarded write over
// something is undecided here and goes on by compare-and-set.
#include "core/store/enginebulk.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::EngineBulk)
};

tl::unexpected<Error> noHashes()
{
    return failure(ErrorCode::NotSupported, {Words::tr("the built-in engine holds no hashes")});
}

} // namespace

void EngineBulk::read(const KeyBatch &keys, const BulkReadOptions &options, Callback<BulkPage> done)
{
    if (options.shape == BulkShape::Hash) return done(noHashes());
    BulkPage page;
    page.entries.resize(keys.size());
    const std::int64_t now = m_clock.wallMs();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const engine::Handle handle = m_engine.peek(keys[i]);
        if (!handle) continue;
        BulkEntry &entry = page.entries[i];
        entry.state = BulkEntry::State::There;
        entry.value = {static_cast<std::uint32_t>(page.buffer.size()),
                       static_cast<std::uint32_t>(handle.value().size())};
        page.buffer.append(handle.value());
        if (options.ttl && handle.expiresAtMs() != 0)
            entry.ttlMs = std::max<std::int64_t>(handle.expiresAtMs() - now, 0);
    }
    done(std::move(page));
}

BulkOutcome EngineBulk::writeAbsent(const BulkItem &item)
{
    engine::Expiry expiry{engine::Expiry::Kind::None};
    if (item.ttlMs > 0) expiry = {engine::Expiry::Kind::At, m_clock.wallMs() + item.ttlMs};
    const engine::WriteResult result =
        m_engine.set(item.key, item.value, {engine::Expected::Kind::Absent}, expiry);
    switch (result.status) {
    case engine::WriteStatus::Applied:
        return BulkOutcome::Written;
    case engine::WriteStatus::Conflict:
        return BulkOutcome::Kept;
    default:
        return BulkOutcome::Refused; // no room for it
    }
}

void EngineBulk::write(std::span<const BulkItem> items, const BulkWriteOptions &options,
                       Callback<BulkWritten> done)
{
    if (m_access == Access::ReadOnly)
        return done(failure(ErrorCode::ReadOnlyRefused, {QStringLiteral("SET")}));
    if (options.shape == BulkShape::Hash) return done(noHashes());
    BulkWritten written;
    for (const BulkItem &item : items) {
        BulkOutcome outcome = writeAbsent(item);
        if (outcome == BulkOutcome::Kept && options.guard == BulkGuard::Older)
            outcome = BulkOutcome::Undecided;
        if (outcome == BulkOutcome::Written && options.companion) {
            const Bytes companion = Bytes(item.key) + ':' + options.versionField;
            m_engine.erase(companion);
            writeAbsent({companion, item.version, {}, {}, item.ttlMs});
        }
        if (outcome == BulkOutcome::Refused && !written.refusal)
            written.refusal = Error(ErrorCode::OutOfMemory,
                                    {Words::tr("the engine's memory has no room for the value")});
        written.outcomes.push_back(outcome);
    }
    done(std::move(written));
}

void EngineBulk::probe(Callback<std::int64_t> done)
{
    done(std::int64_t{0});
}

void EngineBulk::foreignCommands(Callback<std::optional<std::int64_t>> done)
{
    done(std::optional<std::int64_t>());
}

} // namespace kvscope
