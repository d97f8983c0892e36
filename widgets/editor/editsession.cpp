// Reading in steps and writing once.
#include "widgets/editor/editsession.h"

#include "core/async/errortext.h"

namespace kvscope {
namespace {

constexpr std::int64_t kPreviewBytes = 64LL * 1024;

std::optional<std::int64_t> leftOf(std::optional<std::int64_t> ttlMs, const QElapsedTimer &since)
{
    if (!ttlMs) return std::nullopt;
    return *ttlMs - (since.isValid() ? since.elapsed() : 0);
}

} // namespace

EditSession::EditSession(Store *store, Bytes key, Drafts *drafts, QObject *parent)
    : QObject(parent), m_store(store), m_key(std::move(key)), m_drafts(drafts),
      m_storeName(store->name()), m_database(store->database())
{}

std::optional<std::int64_t> EditSession::ttlMs() const
{
    return leftOf(m_entry.ttlMs, m_sinceTtl);
}

std::optional<std::int64_t> EditSession::formerTtlMs() const
{
    return leftOf(m_formerTtlMs, m_sinceFormerTtl);
}

void EditSession::readTtl()
{
    ReadOptions options;
    options.fields = ReadType | ReadTtl;
    m_readingTtl.renew();
    m_store->reader().read(
        {m_key}, options, m_readingTtl.guard([this](const Result<std::vector<Entry>> &entries) {
            if (!entries || entries->empty() || entries->front().refused || m_saving) return;
            const bool exists = entries->front().exists();
            if (exists) takeTtl(entries->front().ttlMs);
            emit ttlRead(exists);
        }));
}

bool EditSession::isReadOnly() const
{
    return m_store->capabilities().readOnly;
}

QString EditSession::readOnlyReason() const
{
    const Capabilities can = m_store->capabilities();
    if (!can.readOnly) return {};
    if (can.readOnlyReason) return errorLine(*can.readOnlyReason);
    return tr("This connection is read-only. Open it read-write to change values.");
}

void EditSession::load()
{
    m_reading.renew();
    m_loading = true;
    m_failedToRead = false;
    ReadOptions options;
    options.fields = ReadType | ReadTtl | ReadSize | ReadValue | ReadMemory;
    options.limits.maxBytes = kPreviewBytes;
    m_store->reader().read({m_key}, options,
                           m_reading.guard([this](Result<std::vector<Entry>> entries) {
                               m_loading = false;
                               if (!entries) return failToRead(entries.error());
                               if (!entries->empty()) takeEntry(std::move(entries->front()));
                           }));
}

void EditSession::takeEntry(Entry entry)
{
    Bytes value = std::move(entry.value);
    m_entry = std::move(entry);
    takeTtl(m_entry.ttlMs);
    const bool isString = m_entry.type == ValueType::String;
    if (!m_draftAsked && (isString || !m_entry.exists())) {
        m_draftAsked = true;
        m_drafts->find(draftId(), m_reading.guard([this](std::optional<Draft> draft) {
            if (draft) emit draftFound(*draft);
        }));
    }
    if (!m_entry.exists()) {
        emit missing();
    } else if (!isString) {
        emit elementsFound();
    } else if (!m_entry.truncated) {
        emit loaded(std::make_shared<const Bytes>(std::move(value)));
    } else if (m_entry.size > kEditableLimit) {
        emit previewed(value);
    } else {
        emit previewed(value);
        readWhole();
    }
}

void EditSession::readWhole()
{
    m_loading = true;
    m_store->reader().readWhole(m_key, kEditableLimit, m_reading.guard([this](Result<Entry> entry) {
        m_loading = false;
        if (!entry) return failToRead(entry.error());
        if (!entry->exists()) return emit missing();
        m_entry.truncated = false;
        m_entry.size = std::int64_t(entry->value.size());
        emit loaded(std::make_shared<const Bytes>(std::move(entry->value)));
    }));
}

void EditSession::save(SharedBytes value, Expect expect, ExpiryChange expiry)
{
    WriteRequest request;
    request.action = WriteRequest::Action::Put;
    request.key = m_key;
    request.value = value;
    request.expiry = expiry;
    request.expected =
        expect == Expect::Absent ? ExpectedValue::absent() : ExpectedValue::exactly(m_base);
    write(std::move(request), value,
          [this, value, expect, expiry] { save(value, expect, expiry); });
}

void EditSession::changeExpiry(ExpiryChange change)
{
    WriteRequest request;
    request.action = WriteRequest::Action::ExpiryOnly;
    request.key = m_key;
    request.expiry = change;
    write(std::move(request), nullptr, [this, change] { changeExpiry(change); });
}

// `written` is null where the value stays.
void EditSession::write(WriteRequest request, SharedBytes written, std::function<void()> again)
{
    if (m_saving) return;
    m_saving = true;
    m_failedToRead = false;        // what fails next is this
    request.database = m_database; // its key may be another value in the database selected next
    auto done = [this, written = std::move(written),
                 again = std::move(again)](Result<std::vector<Result<WriteOutcome>>> outcomes) {
        m_saving = false;
        if (!outcomes) return fail(outcomes.error(), again);
        if (outcomes->empty()) return;
        Result<WriteOutcome> &outcome = outcomes->front();
        if (!outcome) return fail(outcome.error(), again);
        switch (outcome->status) {
        case WriteOutcome::Status::Applied:
            if (written) m_entry.type = ValueType::String;
            takeTtl(outcome->ttlMs);
            if (!written) return emit expiryChanged();
            m_entry.size = std::int64_t(written->size());
            m_base = written;
            dropDraft();
            return emit saved();
        case WriteOutcome::Status::Missing:
            m_entry.type = ValueType::None;
            takeTtl(std::nullopt);
            return emit gone();
        case WriteOutcome::Status::Conflict:
            if (outcome->current)
                return emit conflicted(std::make_shared<const Bytes>(std::move(*outcome->current)));
            return fail(Error(ErrorCode::WrongType, {QString::fromStdString(escapeBytes(m_key))}),
                        [this] { load(); });
        }
    };
    m_store->writer().write({std::move(request)}, m_writing.guard(std::move(done)));
}

void EditSession::takeTtl(std::optional<std::int64_t> ttlMs)
{
    m_entry.ttlMs = ttlMs;
    m_sinceTtl.start();
    if (!m_entry.exists()) return;
    m_formerTtlMs = ttlMs;
    m_sinceFormerTtl.start();
}

void EditSession::keepDraft(TextSnapshot text)
{
    m_drafts->write(draftId(), m_base, [text = std::move(text)] { return text.join(); });
}

void EditSession::dropDraft()
{
    m_drafts->remove(draftId());
}
DraftId EditSession::draftId() const
{
    return {m_storeName, m_database, m_key};
}

void EditSession::fail(const Error &error, std::function<void()> again)
{
    m_again = std::move(again);
    emit failed(error);
}

void EditSession::failToRead(const Error &error)
{
    m_failedToRead = true;
    fail(error, [this] { load(); });
}

void EditSession::retry()
{
    const auto again = std::exchange(m_again, nullptr);
    if (again)
        again();
    else
        load();
}

} // namespace kvscope
