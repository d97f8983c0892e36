// CreateKeyDialog: a new key with a text or JSON value, and its time to live.
#pragma once

#include "core/base/bytes.h"

#include <QDialog>

#include <cstdint>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace kvscope {

struct NewKey
{
    Bytes key;
    Bytes value;
    std::optional<std::int64_t> ttlMs; ///< empty: no expiry
};

/// Opened with open(); deletes itself.
class CreateKeyDialog : public QDialog
{
    Q_OBJECT

  public:
    explicit CreateKeyDialog(QWidget *parent);

  signals:
    void confirmed(const kvscope::NewKey &key);

  protected:
    void keyPressEvent(QKeyEvent *event) override;

  private:
    enum class Format : std::uint8_t { Text, Json };

    void check();
    QString complaint() const;

    QLineEdit *m_key;
    QComboBox *m_format;
    QPlainTextEdit *m_value;
    QLineEdit *m_ttl;
    QLabel *m_complaint;
    QPushButton *m_create;
};

} // namespace kvscope
