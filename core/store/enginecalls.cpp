// EngineCalls: translates the seams' words into the engine's.
#include "core/store/enginecalls.h"

#include <algorithm>

namespace kvscope {
namespace {

using engine::WriteStatus;

engine::Expected engineExpected(const ExpectedValue &expected)
{
    switch (expected.kind) {
    case ExpectedValue::Kind::Any:
        return {};
    case ExpectedValue::Kind::Absent:
        return {engine::Expected::Kind::Absent};
    case ExpectedValue::Kind::Exactly:
        return {engine::Expected::Kind::Bytes, expected.bytes};
    case ExpectedValue::Kind::Version:
        return {engine::Expected::Kind::Version, {}, expected.version};
    }
    return {};
}

QString millisecondsText(std::int64_t ms)
{
    return QString::number(ms) + QStringLiteral(" ms");
}

} // namespace

std::optional<std::int64_t> EngineCalls::ttlOf(std::int64_t expiresAtMs) const
{
    if (expiresAtMs == 0) return std::nullopt;
    return std::max<std::int64_t>(expiresAtMs - m_clock.wallMs(), 0);
}

Entry EngineCalls::read(const Bytes &key, const ReadOptions &options) const
{
    Entry entry;
    entry.key = key;
    const engine::Handle handle =
        options.purpose == ReadPurpose::Traffic ? m_engine.get(key) : m_engine.peek(key);
    if (!handle) return entry;
    const BytesView value = handle.value();
    entry.type = ValueType::String;
    entry.version = handle.version();
    entry.ttlMs = ttlOf(handle.expiresAtMs());
    entry.size = static_cast<std::int64_t>(value.size());
    if ((options.fields & ReadValue) != 0) {
        const auto limit =
            static_cast<std::size_t>(std::max<std::int64_t>(options.limits.maxBytes, 0));
        entry.value = value.substr(0, limit);
        entry.truncated = value.size() > limit;
    }
    if ((options.fields & ReadMemory) != 0) {
        if (const auto info = m_engine.info(key)) {
            entry.memoryBytes = static_cast<std::int64_t>(info->memoryBytes);
            entry.idleMs = info->idleMs;
            entry.frequency = info->frequency;
            entry.encoding = "raw";
        }
    }
    return entry;
}

Result<Entry> EngineCalls::readWhole(const Bytes &key, std::int64_t limit) const
{
    ReadOptions options;
    options.limits.maxBytes = limit;
    Entry entry = read(key, options);
    if (!entry.exists()) return failure(ErrorCode::KeyNotFound, {keyText(key)});
    if (entry.truncated)
        return failure(ErrorCode::TooLarge, {QString::number(entry.size), QString::number(limit)});
    return entry;
}

WriteOutcome EngineCalls::outcomeNow(const Bytes &key, WriteOutcome::Status status) const
{
    WriteOutcome outcome;
    outcome.status = status;
    const engine::Handle handle = m_engine.peek(key);
    if (!handle) return outcome;
    outcome.version = handle.version();
    outcome.ttlMs = ttlOf(handle.expiresAtMs());
    if (status == WriteOutcome::Status::Conflict) outcome.current = Bytes(handle.value());
    return outcome;
}

Result<WriteOutcome> EngineCalls::write(const WriteRequest &request) const
{
    engine::Expiry expiry{engine::Expiry::Kind::Keep};
    if (request.expiry.kind == ExpiryChange::Kind::None) expiry.kind = engine::Expiry::Kind::None;
    if (request.expiry.kind == ExpiryChange::Kind::Set) {
        if (!ExpiryChange::allows(request.expiry.ttlMs))
            return failure(ErrorCode::TtlRefused, {millisecondsText(request.expiry.ttlMs)});
        expiry = {engine::Expiry::Kind::At, m_clock.wallMs() + request.expiry.ttlMs};
    }
    const engine::Expected expected = engineExpected(request.expected);
    engine::WriteResult result;
    switch (request.action) {
    case WriteRequest::Action::Put:
        result = m_engine.set(request.key, request.value, expected, expiry);
        break;
    case WriteRequest::Action::Remove:
        result = m_engine.erase(request.key, expected);
        break;
    case WriteRequest::Action::ExpiryOnly:
        result = m_engine.setExpiry(request.key, expiry, expected);
        break;
    }
    switch (result.status) {
    case WriteStatus::Applied:
        return outcomeNow(request.key, WriteOutcome::Status::Applied);
    case WriteStatus::Conflict:
        return outcomeNow(request.key, WriteOutcome::Status::Conflict);
    case WriteStatus::Missing:
        return WriteOutcome{WriteOutcome::Status::Missing, {}, {}, 0};
    case WriteStatus::TooLarge:
    case WriteStatus::Full:
        break;
    }
    return failure(ErrorCode::TooLarge, {QString::number(request.value.size()),
                                         QString::number(m_engine.counters().budgetBytes)});
}

BeforeImage EngineCalls::image(const Bytes &key) const
{
    BeforeImage image;
    image.key = key;
    const engine::Handle handle = m_engine.peek(key);
    if (!handle) return image;
    image.exists = true;
    image.payload = Bytes(handle.value());
    image.ttlMs = ttlOf(handle.expiresAtMs());
    return image;
}

Result<bool> EngineCalls::restore(const BeforeImage &image, Snapshot::IfPresent ifPresent) const
{
    if (!image.exists) {
        m_engine.erase(image.key);
        return true;
    }
    if (image.ttlMs && !ExpiryChange::allows(*image.ttlMs))
        return failure(ErrorCode::TtlRefused, {millisecondsText(*image.ttlMs)});
    const engine::Expected expected{ifPresent == Snapshot::IfPresent::Refuse
                                        ? engine::Expected::Kind::Absent
                                        : engine::Expected::Kind::Any};
    const engine::Expiry expiry =
        image.ttlMs ? engine::Expiry{engine::Expiry::Kind::At, m_clock.wallMs() + *image.ttlMs}
                    : engine::Expiry{engine::Expiry::Kind::None};
    switch (m_engine.set(image.key, image.payload, expected, expiry).status) {
    case WriteStatus::Applied:
        return true;
    case WriteStatus::Conflict:
        return failure(ErrorCode::KeyExists, {keyText(image.key)});
    default:
        return failure(ErrorCode::TooLarge, {QString::number(image.payload.size()),
                                             QString::number(m_engine.counters().budgetBytes)});
    }
}

} // namespace kvscope
