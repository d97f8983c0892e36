// Rail: the pages, one button each, and the gear below.
#include "widgets/rail.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace kvscope {

/// An icon above its name; accent on the selection's ground when it is the current page.
class RailButton : public QAbstractButton
{
  public:
    RailButton(const QString &icon, const QString &objectName, QWidget *parent)
        : QAbstractButton(parent)
    {
        setObjectName(objectName);
        setIcon(strokeIcon(icon));
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }

    void setTexts(const QString &name, const QString &tip, const QString &shortcut)
    {
        setText(name);
        setAccessibleName(name.isEmpty() ? tip : name);
        setToolTip(QStringLiteral("%1 (%2)").arg(tip, shortcut));
        update();
    }

    QSize sizeHint() const override { return {46, isCheckable() ? 48 : 36}; }

  protected:
    void paintEvent(QPaintEvent *) override
    {
        const ThemeTokens &t = theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(isChecked() ? t.onSelection : mixed(t.panel, t.text, 0.05));
            painter.drawRoundedRect(rect(), 6, 6);
        }
        if (hasFocus()) {
            painter.setPen(QPen(t.accent, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        constexpr int kIcon = 20;
        const int top = text().isEmpty() ? (height() - kIcon) / 2 : 6;
        if (!isChecked()) painter.setOpacity(underMouse() ? 1.0 : 0.75);
        icon().paint(&painter, QRect((width() - kIcon) / 2, top, kIcon, kIcon), Qt::AlignCenter,
                     QIcon::Normal, isChecked() ? QIcon::On : QIcon::Off);
        painter.setOpacity(1);
        if (text().isEmpty()) return;
        painter.setFont(uiFont(10));
        painter.setPen(isChecked() ? t.accent : underMouse() ? t.text : t.muted);
        painter.drawText(QRect(0, top + kIcon, width(), height() - top - kIcon - 2),
                         Qt::AlignCenter, text());
    }
};

Rail::Rail(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("rail"));
    setFixedWidth(metric::kRail);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(5, 8, 5, 12);
    layout->setSpacing(4);
    auto *group = new QButtonGroup(this);
    const auto add = [&](PageId page, const char *icon, const char *name) {
        auto *button = new RailButton(QString::fromLatin1(icon), QString::fromLatin1(name), this);
        button->setCheckable(true);
        group->addButton(button);
        layout->addWidget(button);
        m_pages[page] = button;
        connect(button, &QAbstractButton::clicked, this, [this, page] { emit pageChosen(page); });
    };
    add(PageId::Browse, "browse", "browseButton");
    add(PageId::Live, "live", "liveButton");
    add(PageId::Jobs, "jobs", "jobsButton");
    add(PageId::Lab, "lab", "labButton");
    layout->addStretch(1);
    m_gear = new RailButton(QStringLiteral("settings"), QStringLiteral("settingsButton"), this);
    layout->addWidget(m_gear);
    connect(m_gear, &QAbstractButton::clicked, this, &Rail::settingsChosen);
    retranslate();
}

void Rail::showCurrent(PageId page)
{
    m_pages.at(page)->setChecked(true);
}

QWidget *Rail::gear() const
{
    return m_gear;
}

void Rail::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

void Rail::retranslate()
{
    m_pages.at(PageId::Browse)
        ->setTexts(tr("Browse"), tr("Browse keys and edit values"), QStringLiteral("Ctrl+1"));
    m_pages.at(PageId::Live)->setTexts(tr("Live"), tr("Live charts"), QStringLiteral("Ctrl+2"));
    m_pages.at(PageId::Jobs)
        ->setTexts(tr("Jobs"), tr("Bindings and jobs"), QStringLiteral("Ctrl+3"));
    m_pages.at(PageId::Lab)
        ->setTexts(tr("Lab"), tr("A language model and its KV cache"), QStringLiteral("Ctrl+4"));
    m_gear->setTexts({}, tr("Settings"), QStringLiteral("Ctrl+,"));
}

} // namespace kvscope
