// EditorHeader: the key, what is known of it, its time to live, and Save.
#pragma once

#include "core/store/entry.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace kvscope {

class EditSession;
class FreshnessChip;

/// Follows a session; counts the time to live down once a second while visible.
class EditorHeader : public QFrame
{
    Q_OBJECT

  public:
    EditorHeader(EditSession *session, QWidget *parent);

    /// After the entry, its format or the right to write changed.
    void refresh(const QString &format);
    void setDirty(bool dirty);
    void setSaving(bool saving);
    FreshnessChip *freshness() const { return m_freshness; }

  signals:
    void saveRequested();
    void ttlChosen(std::int64_t ms);
    void persistChosen();
    /// The time to live that is shown has run out.
    void expired();

  protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();
    void showTtl();
    void openTtl();
    void elideKey();
    void updateSave();

    EditSession *m_session;
    QLabel *m_key, *m_type, *m_size, *m_idle, *m_readOnly;
    FreshnessChip *m_freshness;
    QPushButton *m_ttl, *m_save;
    QTimer m_tick;
    QString m_format;
    bool m_dirty = false;
    bool m_saving = false;
};

} // namespace kvscope
