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

void EngineBulk::images(const KeyBatch &keys, Callback<BulkImages> done)
{
    BulkImages images;
    images.nowMs = m_clock.wallMs();
    images.each.resize(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const engine::Handle handle = m_engine.peek(keys[i]);
        if (!handle) continue;
        images.each[i] = {BulkImage::Kind::String, Bytes(handle.value()), handle.expiresAtMs()};
    }
    done(std::move(images));
}

bool EngineBulk::holds(const BulkStep &step, const engine::Handle &handle) const
{
    if (step.expect == BulkStep::Expect::Absent) return !handle;
    if (!handle || handle.value() != step.expected) return false;
    return step.expectedExpiryMs == BulkStep::kAnyExpiry ||
           step.expectedExpiryMs == handle.expiresAtMs();
}

// The engine compares the version of what was looked at, so that nothing slips in between.
BulkChanged EngineBulk::applyStep(const BulkStep &step)
{
    const engine::Handle handle = m_engine.peek(step.key);
    if (!holds(step, handle)) return BulkChanged::Conflict;
    engine::Expected expected{engine::Expected::Kind::Absent};
    if (handle) expected = {engine::Expected::Kind::Version, {}, handle.version()};
    engine::Expiry expiry{engine::Expiry::Kind::None};
    if (step.expiresAtMs != BulkImage::kNever)
        expiry = {engine::Expiry::Kind::At, step.expiresAtMs};
    engine::WriteResult result;
    switch (step.action) {
    case BulkStep::Action::Remove:
        result = m_engine.erase(step.key, expected);
        break;
    case BulkStep::Action::Expire:
        result = m_engine.setExpiry(step.key, expiry, expected);
        break;
    default:
        result = m_engine.set(step.key, step.value, expected, expiry);
        break;
    }
    switch (result.status) {
    case engine::WriteStatus::Applied:
        return BulkChanged::Applied;
    case engine::WriteStatus::Conflict:
    case engine::WriteStatus::Missing:
        return BulkChanged::Conflict;
    default:
        return BulkChanged::Refused;
    }
}

// The engine has no step over two keys: both are looked at, then each is compared again as it is
// written.
void EngineBulk::change(std::span<const BulkChange> changes, const BulkFence &,
                        Callback<BulkChangeAnswers> done)
{
    if (m_access == Access::ReadOnly)
        return done(failure(ErrorCode::ReadOnlyRefused, {QStringLiteral("SET")}));
    BulkChangeAnswers answers;
    for (const BulkChange &change : changes) {
        BulkChanged outcome = BulkChanged::Applied;
        for (const BulkStep &step : change)
            if (!holds(step, m_engine.peek(step.key))) outcome = BulkChanged::Conflict;
        for (const BulkStep &step : change)
            if (outcome == BulkChanged::Applied) outcome = applyStep(step);
        if (outcome == BulkChanged::Refused && !answers.refusal)
            answers.refusal = Error(ErrorCode::OutOfMemory,
                                    {Words::tr("the engine's memory has no room for the value")});
        answers.outcomes.push_back(outcome);
    }
    done(std::move(answers));
}

void EngineBulk::claim(const BulkClaim &, Callback<BulkGrant> done)
{
    done(BulkGrant{.granted = true, .fence = {}, .holder = {}});
}

void EngineBulk::renew(const BulkFence &, std::chrono::milliseconds, FencedBy, Callback<bool> done)
{
    done(true);
}

void EngineBulk::release(const BulkFence &, Callback<bool> done)
{
    done(true);
}

void EngineBulk::awaitReplicas(int, std::chrono::milliseconds, Callback<int> done)
{
    done(0);
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
