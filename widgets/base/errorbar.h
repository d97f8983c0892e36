// ErrorBar: one sentence with cause and remedy above a page, and a Retry that works.
#pragma once

#include "core/async/error.h"

#include <QFrame>

#include <optional>

class QLabel;
class QPushButton;
class QToolButton;

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

  protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

  private:
    enum class Severity : std::uint8_t { Failure, Notice };
    void retranslate();

    QLabel *m_text;
    QPushButton *m_retry;
    QToolButton *m_close;
    std::optional<Error> m_error; ///< kept so that its sentence follows the language
    Severity m_severity = Severity::Failure;
};

} // namespace kvscope
