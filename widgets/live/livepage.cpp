// LivePage: putting it together, keys, and export.
#include "widgets/live/livepage.h"

#include "core/scenario/livesession.h"
#include "widgets/base/dialogs.h"
#include "widgets/base/errorbar.h"
#include "widgets/base/theme.h"
#include "widgets/live/enginepanel.h"
#include "widgets/live/latencypanel.h"
#include "widgets/live/livecharts.h"
#include "widgets/live/livetoolbar.h"
#include "widgets/live/scenariopanel.h"

#include <QFile>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QThreadPool>
#include <QTimer>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kSideWidth = 348;
constexpr int kNarrowSideWidth = 276;
// Below this the charts need the room more than the figures do.
constexpr int kNarrow = 1160;
constexpr int kSavedMs = 6000;
constexpr std::int64_t kQuietMs = 3000; // a second without a question shows the last one's

FirstTokenTimes firstTokenOf(LiveSession &session)
{
    const auto &last = session.sampler().last();
    if (!last || !last->scenario || last->scenario->turns() == 0) return {};
    const auto mean = [](const Histogram &of) -> std::optional<double> {
        if (of.count() == 0) return std::nullopt;
        return of.sum() / static_cast<double>(of.count());
    };
    const auto now = [&](Quantile quantile) -> std::optional<double> {
        const auto value =
            session.history().latency(LatencyFamily::FirstToken, quantile).latest(kQuietMs);
        return value;
    };
    return {.p50Us = now(Quantile::P50),
            .p99Us = now(Quantile::P99),
            .coldUs = mean(last->scenario->coldFirstToken),
            .warmUs = mean(last->scenario->warmFirstToken)};
}

} // namespace

LivePage::LivePage(QWidget *parent)
    : QWidget(parent), m_errors(new ErrorBar(this)), m_saved(new QLabel(this)),
      m_savedTime(new QTimer(this)), m_toolbar(new LiveToolbar(m_axis, this)),
      m_charts(new LiveCharts(m_axis, this)), m_side(new QScrollArea(this)),
      m_latency(new LatencyPanel), m_engine(new EnginePanel), m_scenario(new ScenarioPanel)
{
    setObjectName(QStringLiteral("livePage"));
    setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolbar);
    layout->addWidget(m_errors);
    m_saved->setObjectName(QStringLiteral("savedNotice"));
    m_saved->setTextFormat(Qt::PlainText);
    m_saved->setWordWrap(true);
    m_saved->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_saved->setContentsMargins(16, 8, 16, 8);
    setLook(m_saved, "bar");
    m_saved->hide();
    layout->addWidget(m_saved);
    m_savedTime->setObjectName(QStringLiteral("savedTime"));
    m_savedTime->setSingleShot(true);
    m_savedTime->setInterval(kSavedMs);
    connect(m_savedTime, &QTimer::timeout, m_saved, &QLabel::hide);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(m_charts, 1);
    columns->addWidget(buildSide());
    layout->addLayout(columns, 1);

    connect(m_toolbar, &LiveToolbar::familyChosen, m_charts, &LiveCharts::setFamily);
    connect(m_toolbar, &LiveToolbar::pictureRequested, this, [this] {
        askSaveFile(this, tr("Save the page"), QStringLiteral("live.png"), tr("Pictures (*.png)"),
                    [this](const QString &path) { savePicture(path); });
    });
    connect(m_toolbar, &LiveToolbar::tableRequested, this, [this] {
        askSaveFile(this, tr("Save all series"), QStringLiteral("live.csv"), tr("Tables (*.csv)"),
                    [this](const QString &path) { saveTable(path); });
    });
    connect(&m_axis, &TimeAxis::modeChanged, this, &LivePage::takeUpdate);
    connect(m_latency, &LatencyPanel::assumedTdChanged, this,
            [this](std::optional<double> microseconds) {
                if (m_session != nullptr) m_session->setAssumedTd(microseconds);
            });
    connect(m_engine, &EnginePanel::turned, this, [this](const QString &what) {
        if (m_session != nullptr) m_session->sampler().addMark(EventMark::Kind::Engine, what);
    });
}

QWidget *LivePage::buildSide()
{
    auto *content = new QWidget(m_side);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 12, 12, 12);
    column->setSpacing(10);
    column->addWidget(m_latency);
    column->addWidget(m_engine);
    column->addWidget(m_scenario);
    column->addStretch(1);
    m_side->setObjectName(QStringLiteral("livePanels"));
    m_side->setWidget(content);
    m_side->setWidgetResizable(true);
    m_side->setFrameShape(QFrame::NoFrame);
    m_side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_side->setFocusPolicy(Qt::NoFocus);
    m_side->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    m_side->setFixedWidth(kSideWidth);
    return m_side;
}

void LivePage::setSession(LiveSession *session)
{
    if (m_session != nullptr) {
        m_session->disconnect(this);
        m_session->sampler().disconnect(this);
        m_session->scenario().disconnect(this);
    }
    m_session = session;
    m_charts->setSession(session);
    m_scenario->setSession(session);
    m_engine->setControl(session == nullptr ? nullptr : session->store().engineControl());
    // Nobody else reaches the engine in this process.
    m_latency->setTraffic(session == nullptr || session->store().engineControl() != nullptr
                              ? LatencyPanel::Traffic::OursAlone
                              : LatencyPanel::Traffic::OthersToo);
    m_latency->setEstimate(estimate());
    m_latency->setFirstToken({});
    m_axis.follow();
    if (session == nullptr) return;
    connect(&session->scenario(), &ScenarioRunner::selected, this, &LivePage::followScenario);
    followScenario();
    connect(session, &LiveSession::updated, this, &LivePage::takeUpdate);
    connect(&session->sampler(), &Sampler::markAdded, this, &LivePage::takeUpdate);
    takeUpdate();
}

LatencyEstimate LivePage::estimate() const
{
    if (m_session == nullptr) return {};
    const LatencyEstimate &latency = m_session->latency();
    // Nobody else reaches the engine in this process: what it still shows was the scenario's.
    const bool foreign = latency.basis == LatencyEstimate::Basis::Foreign;
    if (foreign && m_session->store().engineControl() != nullptr) return {};
    return latency;
}

// What a person waits for is the first token: its curve is shown as long as the chatbot is chosen.
void LivePage::followScenario()
{
    const bool isChat = m_session->scenario().options().name == QLatin1String(kChatbotScenario);
    const bool isShown = m_charts->family() == LatencyFamily::FirstToken;
    if (isChat == isShown) return;
    const LatencyFamily family = isChat ? LatencyFamily::FirstToken : LatencyFamily::Reads;
    m_toolbar->setFamily(family);
    m_charts->setFamily(family);
}

void LivePage::takeUpdate()
{
    if (m_session == nullptr) return;
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    const MetricHistory &history = m_session->history();
    const Series &times = history.series(Metric::HitRatio);
    if (!times.empty()) m_axis.setExtent(times[0].wallMs, times.back().wallMs);
    m_charts->refresh();
    // Figures beside charts that stand still would contradict them.
    if (m_axis.isPaused()) return;
    m_latency->setEstimate(estimate());
    m_latency->setFirstToken(firstTokenOf(*m_session));
    m_engine->setUse(history.series(Metric::UsedBytes).latest().value_or(kUnknown),
                     history.series(Metric::Keys).latest().value_or(kUnknown));
    m_scenario->refresh();
}

void LivePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_stale, false)) takeUpdate();
    // Space and the arrows are meant for the charts, not for the first button.
    setFocus(Qt::OtherFocusReason);
}

void LivePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_side->setFixedWidth(width() < kNarrow ? kNarrowSideWidth : kSideWidth);
}

void LivePage::keyPressEvent(QKeyEvent *event)
{
    const std::int64_t width = m_axis.toMs() - m_axis.fromMs();
    const std::int64_t middle = m_axis.cursor().value_or(m_axis.fromMs() + width / 2);
    switch (event->key()) {
    case Qt::Key_Space:
        m_axis.setPaused(!m_axis.isPaused());
        break;
    case Qt::Key_Left:
        m_axis.pan(-width / 10);
        break;
    case Qt::Key_Right:
        m_axis.pan(width / 10);
        break;
    case Qt::Key_Plus:
        m_axis.zoom(0.8, middle);
        break;
    case Qt::Key_Minus:
        m_axis.zoom(1.25, middle);
        break;
    case Qt::Key_Home:
        m_axis.follow();
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    event->accept();
}

void LivePage::report(const QString &path, bool written, const QString &reason)
{
    m_saved->setVisible(written);
    if (!written) return m_errors->showError(Error(ErrorCode::FileUnwritable, {path, reason}));
    m_errors->clear();
    m_saved->setText(tr("Saved %1.").arg(path));
    m_savedTime->start();
    emit exported(path);
}

// The side scrolls, a picture does not: it is as tall as the taller of the two.
QImage LivePage::picture() const
{
    QWidget *figures = m_side->widget();
    const QRect seen = m_charts->geometry() | m_side->geometry();
    const QSize size(seen.width(), std::max(seen.height(), figures->height()));
    const qreal ratio = devicePixelRatioF();
    QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(theme().background);
    QPainter painter(&image);
    painter.drawPixmap(m_charts->pos() - seen.topLeft(), m_charts->grab());
    painter.drawPixmap(QPoint(m_side->x() - seen.x(), 0), figures->grab());
    return image;
}

void LivePage::savePicture(const QString &path)
{
    // Only the grab needs this thread; packing a megapixel takes longer than a frame.
    const QImage picture = this->picture();
    const auto done = m_lifetime.guard(
        [this, path](bool written) { report(path, written, tr("the picture was not written")); });
    QThreadPool::globalInstance()->start(
        [picture, path, done] { done(picture.save(path, "PNG")); });
}

void LivePage::saveTable(const QString &path)
{
    if (m_session == nullptr) return;
    const auto done = m_lifetime.guard(
        [this, path](const QString &problem) { report(path, problem.isEmpty(), problem); });
    // A copy: six hours of figures take a third of a second to write out.
    QThreadPool::globalInstance()->start([history = m_session->history(), path, done] {
        QFile file(path);
        const QByteArray csv = history.toCsv();
        const bool written = file.open(QIODevice::WriteOnly | QIODevice::Truncate) &&
                             file.write(csv) == csv.size() && file.flush();
        done(written ? QString() : file.errorString());
    });
}

} // namespace kvscope
