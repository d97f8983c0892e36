// ErrorBar: one sentence with cause and remedy above a page, and a Retry that works.
#pragma once

#include "core/async/error.h"

#include <QFrame>
#include <QPointer>

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
    void showNotice(const QString &text, Offer offer = Offer::Nothing);
    void clear();
    /// Where the focus goes when it is on a button of this bar that goes: to what had it last
    /// within `content`, else to `content` (of a QStackedWidget: to the page in front).
    void setHome(QWidget *content);

  signals:
    void retryRequested();

  protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

  private:
    enum class Severity : std::uint8_t { Failure, Notice };
    void retranslate();
    void offerRetry(Offer offer);
    void noteFocus(QWidget *before, QWidget *now);
    bool holdsFocus() const;
    void goHome();

    QLabel *m_text;
    QPushButton *m_retry;
    QToolButton *m_close;
    QPointer<QWidget> m_home;
    QPointer<QWidget> m_lastAtHome; ///< had the focus
    std::optional<Error> m_error;   ///< kept so that its sentence follows the language
    Severity m_severity = Severity::Failure;
};

} // namespace kvscope
