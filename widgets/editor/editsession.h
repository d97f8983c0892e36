// EditSession: one open key's way from the store and back. No widgets, no text views.
#pragma once

#include "core/async/lifetime.h"
#include "core/config/drafts.h"
#include "core/store/store.h"
#include "widgets/editor/textlog.h"

#include <QElapsedTimer>
#include <QObject>

namespace kvscope {

/// Reads in steps (size first, a preview, then the whole value up to kEditableLimit), writes by
/// compare-and-set against base(), keeps drafts. UI thread; every answer comes by a signal.
class EditSession : public QObject
{
    Q_OBJECT

  public:
    static constexpr std::int64_t kEditableLimit = 64LL * 1024 * 1024;

    /// Requires: `store` and `drafts` outlive this.
    EditSession(Store *store, Bytes key, Drafts *drafts, QObject *parent = nullptr);

    const Bytes &key() const { return m_key; }
    Store *store() const { return m_store; }
    /// What is known of the entry; its value is left in base().
    const Entry &entry() const { return m_entry; }
    /// The bytes a save expects to find.
    const Bytes &base() const { return *m_base; }
    SharedBytes sharedBase() const { return m_base; }
    void setBase(SharedBytes base) { m_base = std::move(base); }

    /// Milliseconds left now; negative: over. Empty: no expiry.
    std::optional<std::int64_t> ttlMs() const;
    /// The same for the key as it was when it was last there.
    std::optional<std::int64_t> formerTtlMs() const;
    /// Asks for it anew. Ends in ttlRead(), or in nothing where the store does not answer.
    void readTtl();

    bool isReadOnly() const;
    /// Why, in a sentence; empty where writing is allowed.
    QString readOnlyReason() const;

    void load();
    bool isBusy() const { return m_loading || m_saving; }
    /// The last thing asked was a load(), and it failed.
    bool failedToRead() const { return m_failedToRead; }

    enum class Expect : std::uint8_t { Base, Absent };
    /// Ends in saved(), conflicted(), gone() or failed().
    void save(SharedBytes value, Expect expect = Expect::Base,
              ExpiryChange expiry = ExpiryChange::keep());
    /// Ends in expiryChanged(), gone() or failed().
    void changeExpiry(ExpiryChange change);

    void keepDraft(TextSnapshot text);
    void dropDraft();

    /// What failed, so that Retry does it again.
    void retry();

  signals:
    /// The whole string; base() is not touched.
    void loaded(const kvscope::SharedBytes &value);
    /// A string too large to edit, or slow to come: its beginning.
    void previewed(const kvscope::Bytes &beginning);
    void elementsFound();
    void missing();
    void saved();
    void conflicted(const kvscope::SharedBytes &theirs);
    void gone();
    void expiryChanged();
    void ttlRead(bool exists);
    void failed(const kvscope::Error &error);
    void draftFound(const kvscope::Draft &draft);

  private:
    void takeEntry(Entry entry);
    void readWhole();
    void takeTtl(std::optional<std::int64_t> ttlMs);
    void write(WriteRequest request, SharedBytes written, std::function<void()> again);
    void failToRead(const Error &error);
    void fail(const Error &error, std::function<void()> again);
    DraftId draftId() const;

    Store *m_store;
    Bytes m_key;
    Drafts *m_drafts;
    Entry m_entry;
    SharedBytes m_base = std::make_shared<const Bytes>();
    QElapsedTimer m_sinceTtl;
    std::optional<std::int64_t> m_formerTtlMs;
    QElapsedTimer m_sinceFormerTtl;
    bool m_loading = false;
    bool m_failedToRead = false;
    bool m_saving = false;
    bool m_draftAsked = false;
    QString m_storeName; // as it was when the key was opened: drafts belong to that database
    int m_database;
    std::function<void()> m_again;
    Lifetime m_reading;
    Lifetime m_writing;
    Lifetime m_readingTtl;
};

} // namespace kvscope
