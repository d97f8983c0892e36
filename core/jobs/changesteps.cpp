// ChangeSteps: the two directions.
#include "core/jobs/changesteps.h"

namespace kvscope {
namespace {

void expectImage(BulkStep &step, const BulkImage &image)
{
    step.expected = image.payload;
    step.expectedExpiryMs = image.expiresAtMs;
    switch (image.kind) {
    case BulkImage::Kind::Absent:
        step.expect = BulkStep::Expect::Absent;
        break;
    case BulkImage::Kind::String:
        step.expect = BulkStep::Expect::String;
        break;
    case BulkImage::Kind::Dump:
    case BulkImage::Kind::TooLarge: // nothing dumps to nothing: it is left as it is
    case BulkImage::Kind::NotRead:
        step.expect = BulkStep::Expect::Dump;
        break;
    }
}

} // namespace

ChangeSteps::ChangeSteps(std::span<const ChangeRecord> records, Direction direction)
{
    m_steps.reserve(records.size()); // changes are spans of it
    m_views.reserve(records.size());
    for (std::size_t first = 0; first < records.size();) {
        std::size_t end = first + 1;
        while (end < records.size() && records[end].place == ChangeRecord::Place::Joined) ++end;
        for (std::size_t i = first; i < end; ++i)
            m_steps.push_back(direction == Direction::Forth ? forth(records[i]) : back(records[i]));
        m_changes.push_back(std::span(m_steps).subspan(first, end - first));
        m_records.push_back(records.subspan(first, end - first));
        first = end;
    }
}

std::span<const BytesView> ChangeSteps::viewsOf(const std::vector<Bytes> &texts)
{
    return m_views.emplace_back(texts.begin(), texts.end());
}

BulkStep ChangeSteps::forth(const ChangeRecord &record)
{
    BulkStep step;
    step.key = record.key;
    expectImage(step, record.before);
    step.expiresAtMs = record.wroteExpiresAtMs;
    switch (record.did) {
    case ChangeRecord::Did::Removed:
        step.action = BulkStep::Action::Remove;
        break;
    case ChangeRecord::Did::PutString:
        step.action = BulkStep::Action::PutString;
        step.value = record.wrote;
        break;
    case ChangeRecord::Did::PutHash:
        step.action = BulkStep::Action::PutHash;
        step.fields = viewsOf(record.wroteFields);
        break;
    case ChangeRecord::Did::SetExpiry:
        step.action = BulkStep::Action::Expire;
        break;
    }
    return step;
}

BulkStep ChangeSteps::back(const ChangeRecord &record)
{
    BulkStep step;
    step.key = record.key;
    switch (record.did) {
    case ChangeRecord::Did::Removed:
        step.expect = BulkStep::Expect::Absent;
        break;
    case ChangeRecord::Did::PutString:
        step.expect = BulkStep::Expect::String;
        step.expected = record.wrote;
        break;
    case ChangeRecord::Did::PutHash:
        step.expect = BulkStep::Expect::Hash;
        step.expectedFields = viewsOf(record.wroteFields);
        break;
    case ChangeRecord::Did::SetExpiry:
        expectImage(step, record.before);
        break;
    }
    step.expectedExpiryMs = record.wroteExpiresAtMs;
    step.expiresAtMs = record.before.expiresAtMs;
    step.value = record.before.payload;
    switch (record.before.kind) {
    case BulkImage::Kind::Absent:
        step.action = BulkStep::Action::Remove;
        break;
    case BulkImage::Kind::String:
        step.action = BulkStep::Action::PutString;
        break;
    case BulkImage::Kind::Dump:
    case BulkImage::Kind::TooLarge: // never journalled
    case BulkImage::Kind::NotRead:
        step.action = BulkStep::Action::Restore;
        break;
    }
    if (record.did == ChangeRecord::Did::SetExpiry) step.action = BulkStep::Action::Expire;
    return step;
}

} // namespace kvscope
