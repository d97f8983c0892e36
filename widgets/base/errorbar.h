// ErrorBar: one sentence with cause and remedy above a page, and a Retry that works.
#pragma once

#include "core/async/error.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace kvscope {

/// Hidden until it has something to say. The text can be selected and copied.
class ErrorBar : public QFrame
{
    Q_OBJECT

  public:
    explicit ErrorBar(QWidget *parent = nullptr);

    enum class Offer : std::uint8_t { Nothing, Retry };
    void showError(const Error &error, Offer offer = Offer::Nothing);
    /// A sentence that is a notice rather than a failure.
    void showNotice(const QString &text);
    void clear();

  signals:
    void retryRequested();

  private:
    QLabel *m_text;
    QPushButton *m_retry;
    QPushButton *m_close;
};

} // namespace kvscope
