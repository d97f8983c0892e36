// IfEqual: versions, and commands as the two products spell them.
#include "core/store/ifequal.h"

#include <QVersionNumber>

namespace kvscope {

IfEqual IfEqual::of(const Capabilities &server)
{
    const auto version = QVersionNumber::fromString(server.version);
    IfEqual found;
    if (server.product == QLatin1String("redis") && version >= QVersionNumber(8, 4)) {
        found.sets = true;
        found.removal = Removal::DelEx;
    } else if (server.product == QLatin1String("valkey")) {
        found.sets = version >= QVersionNumber(8, 1);
        if (version >= QVersionNumber(9, 0)) found.removal = Removal::DelIfEq;
    }
    return found;
}

bool IfEqual::fits(const WriteRequest &request) const
{
    if (request.expected.kind != ExpectedValue::Kind::Exactly) return false;
    if (request.action == WriteRequest::Action::Put) return sets;
    return request.action == WriteRequest::Action::Remove && removal != Removal::None;
}

// The expiry afterwards is asked in the same burst; after a removal there is none (PTTL: -2).
void IfEqual::add(Batch &batch, const WriteRequest &request) const
{
    const BytesView expected = request.expected.bytes;
    if (request.action == WriteRequest::Action::Remove) {
        if (removal == Removal::DelEx)
            batch.add({"DELEX", request.key, "IFEQ", expected});
        else
            batch.add({"DELIFEQ", request.key, expected});
    } else if (request.expiry.kind == ExpiryChange::Kind::Keep) {
        batch.add({"SET", request.key, request.value, "IFEQ", expected, "KEEPTTL"});
    } else if (request.expiry.kind == ExpiryChange::Kind::Set) {
        batch.add({"SET", request.key, request.value, "IFEQ", expected, "PX",
                   std::to_string(request.expiry.ttlMs)});
    } else {
        batch.add({"SET", request.key, request.value, "IFEQ", expected});
    }
    batch.add({"PTTL", request.key});
}

std::optional<WriteOutcome> IfEqual::outcomeOf(const Replies &replies, std::size_t first)
{
    const ReplyView reply = replies[first];
    const bool done = reply.isInteger() ? reply.integer() == 1 : reply.type() == ReplyType::Status;
    if (!done) return std::nullopt;
    WriteOutcome outcome;
    if (const std::int64_t left = replies[first + 1].integer(-1); left >= 0) outcome.ttlMs = left;
    return outcome;
}

} // namespace kvscope
