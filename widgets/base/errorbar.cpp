// ErrorBar: one sentence with cause and remedy above a page, and a Retry that works.
#include "widgets/base/errorbar.h"

#include "core/async/errortext.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace kvscope {

ErrorBar::ErrorBar(QWidget *parent)
    : QFrame(parent), m_text(new QLabel(this)), m_retry(new QPushButton(this)),
      m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("errorBar"));
    m_text->setObjectName(QStringLiteral("errorText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_retry->setObjectName(QStringLiteral("retryButton"));
    m_close->setObjectName(QStringLiteral("closeButton"));
    m_close->setIcon(strokeIcon(QStringLiteral("close")));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_retry);
    layout->addWidget(m_close);
    connect(m_retry, &QPushButton::clicked, this, &ErrorBar::retryRequested);
    connect(m_close, &QToolButton::clicked, this, &ErrorBar::clear);
    retranslate();
    hide();
}

void ErrorBar::showError(const Error &error, Offer offer)
{
    m_error = error;
    m_severity = Severity::Failure;
    m_text->setText(errorLine(error));
    show();
    offerRetry(offer);
}

void ErrorBar::showNotice(const QString &text, Offer offer)
{
    m_error.reset();
    m_severity = Severity::Notice;
    m_text->setText(text);
    show();
    offerRetry(offer);
}

void ErrorBar::offerRetry(Offer offer)
{
    if (offer == Offer::Nothing && m_retry == window()->focusWidget()) goHome();
    m_retry->setVisible(offer == Offer::Retry);
    update();
}

void ErrorBar::clear()
{
    m_error.reset();
    m_text->clear();
    if (holdsFocus()) goHome();
    hide();
}

void ErrorBar::setHome(QWidget *content)
{
    m_home = content;
    m_lastAtHome.clear();
    connect(qApp, &QApplication::focusChanged, this, &ErrorBar::noteFocus, Qt::UniqueConnection);
}

void ErrorBar::noteFocus(QWidget * /*before*/, QWidget *now)
{
    if (!now || !m_home || !m_home->isAncestorOf(now)) return;
    for (const QWidget *outer = now; outer != m_home; outer = outer->parentWidget())
        if (qobject_cast<const ErrorBar *>(outer)) return; // as fleeting as this one
    m_lastAtHome = now;
}

bool ErrorBar::holdsFocus() const
{
    const QWidget *focus = window()->focusWidget();
    return focus && isAncestorOf(focus);
}

// Before what has the focus goes: Qt would hand it to the next in the chain, be that the language
// button at the window's foot.
void ErrorBar::goHome()
{
    if (!m_home) return;
    QWidget *target = m_lastAtHome;
    if (!target || !target->isVisible() || !target->isEnabled()) {
        const auto *pages = qobject_cast<const QStackedWidget *>(m_home.data());
        target = pages && pages->currentWidget() ? pages->currentWidget() : m_home.data();
    }
    target->setFocus(Qt::OtherFocusReason);
}

void ErrorBar::retranslate()
{
    m_retry->setText(tr("Retry"));
    m_close->setToolTip(tr("Hide this message"));
    m_close->setAccessibleName(tr("Hide this message"));
    if (m_error) m_text->setText(errorLine(*m_error));
}

void ErrorBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

void ErrorBar::paintEvent(QPaintEvent *)
{
    const ThemeTokens &t = theme();
    const QColor mark = m_severity == Severity::Failure ? t.bad : t.warning;
    QPainter painter(this);
    painter.fillRect(rect(), mixed(t.panel, mark, t.dark ? 0.12 : 0.08));
    painter.fillRect(QRect(0, 0, 4, height()), mark);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
}

} // namespace kvscope
