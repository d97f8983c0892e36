// TtlPopup: a key's time to live in three forms, and a field to set another.
#pragma once

#include <QDialog>

#include <cstdint>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace kvscope {

/// "4 m 12 s"; "0 s" when it is over.
QString shortTtl(std::int64_t ms);
/// "252 s · expires 2026-11-24 09:45:24".
QString longTtl(std::int64_t ms);

/// A popup: a click elsewhere or Escape closes it unchanged. Deletes itself when closed.
class TtlPopup : public QDialog
{
    Q_OBJECT

  public:
    TtlPopup(std::optional<std::int64_t> ttlMs, QWidget *parent);

    void showTtl(std::optional<std::int64_t> ttlMs);
    /// The key does not exist any more: nothing can be set.
    void showGone();

  signals:
    void ttlChosen(std::int64_t ms);
    void persistChosen();

  private:
    void judge();

    QLabel *m_title;
    QLabel *m_detail;
    QLineEdit *m_field;
    QLabel *m_complaint;
    QPushButton *m_persist;
    QPushButton *m_set;
    bool m_gone = false;
};

} // namespace kvscope
