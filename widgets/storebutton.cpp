// StoreButton: draws dot, name, product chip and chevron; builds its menu when it opens.
#include "widgets/storebutton.h"

#include "core/async/errortext.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/connect/colorswatch.h"

#include <QEvent>
#include <QFocusEvent>
#include <QMenu>
#include <QPainter>

namespace kvscope {
namespace {

constexpr int kHeight = 30;
constexpr int kMinWidth = 160;
constexpr int kMaxWidth = 360;
constexpr int kMargin = 12;
constexpr int kDot = 8;
constexpr int kGap = 8;
constexpr int kChevron = 12;

QFont nameFont()
{
    QFont font = uiFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

QIcon dotIcon(const QColor &color)
{
    QPixmap pixmap(16, 16);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(8, 8), 4, 4);
    painter.end();
    return QIcon(pixmap);
}

} // namespace

StoreButton::StoreButton(const Profiles &profiles, QWidget *parent)
    : QToolButton(parent), m_profiles(profiles), m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("storeButton"));
    m_menu->setObjectName(QStringLiteral("storeMenu"));
    setPopupMode(QToolButton::InstantPopup);
    setMenu(m_menu);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumWidth(kMinWidth);
    connect(m_menu, &QMenu::aboutToShow, this, &StoreButton::fillMenu);
}

void StoreButton::showStore(const Store *store, const Profile &profile, const StoreState &state)
{
    m_profile = profile;
    m_state = state;
    m_name = !profile.name.isEmpty() ? profile.name : store ? store->name() : tr("Not connected");
    m_product.clear();
    if (store && state.phase == StoreState::Phase::Ready) {
        const Capabilities can = store->capabilities();
        m_product = (can.product + u' ' + can.version.section(u'.', 0, 1)).trimmed();
        if (can.mode == QLatin1String("cluster") || can.mode == QLatin1String("sentinel"))
            m_product += QStringLiteral(" · ") + can.mode;
        if (can.mode == QLatin1String("engine")) {
            if (profile.name.isEmpty()) m_name = tr("Built-in engine");
            m_product = tr("in process");
        }
    }
    QString tip = store ? store->name() : withoutPassword(profile.url);
    if (state.error) tip += u'\n' + errorLine(*state.error);
    setToolTip(tip.isEmpty() ? tr("Choose a store") : tip);
    setAccessibleName(tr("Store: %1").arg(m_name));
    updateGeometry();
    update();
}

QSize StoreButton::sizeHint() const
{
    int width = 2 * kMargin + kDot + kGap + QFontMetrics(nameFont()).horizontalAdvance(m_name) +
                kGap + kChevron;
    if (!m_product.isEmpty())
        width += QFontMetrics(uiFont(11)).horizontalAdvance(m_product) + 16 + kGap;
    return {std::clamp(width, kMinWidth, kMaxWidth), kHeight};
}

QColor StoreButton::dotColor() const
{
    const ThemeTokens &t = theme();
    switch (m_state.phase) {
    case StoreState::Phase::Ready:
        return t.good;
    case StoreState::Phase::Connecting:
    case StoreState::Phase::Waiting:
        return t.warning;
    case StoreState::Phase::Failed:
        return t.bad;
    case StoreState::Phase::Idle:
        break;
    }
    return t.faint;
}

void StoreButton::paintEvent(QPaintEvent *)
{
    const ThemeTokens &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(hasFocus() && m_reachedByKey ? t.accent
                        : underMouse()               ? mixed(t.line, t.text, 0.25)
                                                     : t.line,
                        1));
    painter.setBrush(t.raised);
    painter.drawRoundedRect(box, metric::kControlRadius, metric::kControlRadius);
    if (!m_profile.color.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(profileColor(m_profile.color));
        painter.drawRoundedRect(QRectF(2, 6, 3, height() - 12), 1.5, 1.5);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(dotColor());
    painter.drawEllipse(QRectF(kMargin, (height() - kDot) / 2.0, kDot, kDot));

    int right = width() - kMargin - kChevron;
    painter.setPen(QPen(t.muted, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF tip(right + kChevron / 2.0, height() / 2.0 + 2);
    painter.drawPolyline(QPolygonF{tip + QPointF(-3.5, -3.5), tip, tip + QPointF(3.5, -3.5)});
    right -= kGap;

    const int left = kMargin + kDot + kGap;
    const int nameWidth = QFontMetrics(nameFont()).horizontalAdvance(m_name);
    if (!m_product.isEmpty()) {
        const QFont small = uiFont(11);
        const int chip = QFontMetrics(small).horizontalAdvance(m_product) + 16;
        if (left + std::min(nameWidth, 48) + kGap + chip <= right) {
            const double x = std::min(left + nameWidth + kGap, right - chip);
            const int top = (height() - 18) / 2;
            const QRectF chipRect(x + 0.5, top + 0.5, chip - 1, 17);
            painter.setPen(QPen(t.line, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(chipRect, 8.5, 8.5);
            painter.setPen(t.muted);
            painter.setFont(small);
            painter.drawText(chipRect, Qt::AlignCenter, m_product);
            right = int(x) - kGap;
        }
    }
    painter.setPen(t.text);
    painter.setFont(nameFont());
    painter.drawText(QRect(left, 0, right - left + 1, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(nameFont()).elidedText(m_name, Qt::ElideRight, right - left + 1));
}

void StoreButton::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Store: %1").arg(m_name));
    QToolButton::changeEvent(event);
}

void StoreButton::focusInEvent(QFocusEvent *event)
{
    m_reachedByKey = event->reason() == Qt::TabFocusReason ||
                     event->reason() == Qt::BacktabFocusReason ||
                     event->reason() == Qt::ShortcutFocusReason;
    QToolButton::focusInEvent(event);
}

void StoreButton::fillMenu()
{
    m_menu->clear();
    for (const Profile &profile : m_profiles.all()) {
        QString text = profile.name;
        text.replace(u'&', QStringLiteral("&&"));
        QAction *action = m_menu->addAction(dotIcon(profileColor(profile.color)), text);
        if (profile.production) action->setText(text + u'\t' + tr("production"));
        action->setCheckable(profile.name == m_profile.name);
        action->setChecked(profile.name == m_profile.name);
        connect(action, &QAction::triggered, this,
                [this, name = profile.name] { emit profileChosen(name); });
    }
    if (!m_profiles.all().empty()) m_menu->addSeparator();
    m_menu->addAction(strokeIcon(QStringLiteral("engine")), tr("Built-in engine"), this,
                      &StoreButton::engineChosen);
    QAction *connectAction = m_menu->addAction(strokeIcon(QStringLiteral("connect")),
                                               tr("Connect…") + QStringLiteral("\tCtrl+O"), this,
                                               &StoreButton::connectChosen);
    connectAction->setObjectName(QStringLiteral("connectAction"));
    m_menu->addAction(strokeIcon(QStringLiteral("refresh")), tr("Reconnect"), this,
                      &StoreButton::reconnectChosen);
}

} // namespace kvscope
