// ScenarioPanel: a choice, a button, a rate, four figures.
#include "widgets/live/scenariopanel.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/scenario/chatscript.h"
#include "core/scenario/livesession.h"
#include "widgets/base/theme.h"
#include "widgets/charts/chartunit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace kvscope {
namespace {

constexpr std::array<double, 6> kRates{200, 500, 1000, 2000, 5000, 10000};
constexpr std::array<double, 6> kChatRates{1, 2, 5, 10, 20, 50};

bool isChat(const QString &name)
{
    return name == QLatin1String(kChatbotScenario);
}

} // namespace

ScenarioPanel::ScenarioPanel(QWidget *parent)
    : PanelCard(QStringLiteral("scenarioPanel"), tr("Scenario"), parent)
{
    m_phase = new QLabel(this);
    m_phase->setObjectName(QStringLiteral("scenarioPhase"));
    head()->addWidget(m_phase);

    m_name = new QComboBox(this);
    m_name->setObjectName(QStringLiteral("scenarioName"));
    m_name->setAccessibleName(tr("Scenario"));
    m_name->setToolTip(tr("What the simulated people do; another choice takes a run over"));
    m_name->addItem(tr("Search"), QString::fromLatin1(kSearchScenario));
    m_name->addItem(tr("Chatbot"), QString::fromLatin1(kChatbotScenario));
    m_name->addItem(tr("Recommendations"), QString::fromLatin1(kRecommendScenario));
    body()->addWidget(m_name);

    auto *controls = new QHBoxLayout;
    controls->setContentsMargins(0, 2, 0, 8);
    controls->setSpacing(8);
    m_toggle = new QPushButton(this);
    m_toggle->setObjectName(QStringLiteral("scenarioToggle"));
    m_rate = new QComboBox(this);
    m_rate->setObjectName(QStringLiteral("scenarioRate"));
    m_rate->setAccessibleName(tr("Requests per second"));
    m_rate->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_rate->setMinimumContentsLength(7);
    controls->addWidget(m_toggle, 1);
    controls->addWidget(m_rate, 1);
    body()->addLayout(controls);

    m_progress = new QProgressBar(this);
    m_progress->setRange(0, 100);
    m_progress->setTextVisible(false);
    m_progress->hide();
    body()->addWidget(m_progress);

    m_requests = addRow(QStringLiteral("scenarioRequests"), QString());
    m_hitRatio = addRow(QStringLiteral("scenarioHitRatio"), tr("from the cache"));
    m_mean = addRow(QStringLiteral("scenarioMean"), tr("T, mean"));
    m_sourceQueries = addRow(QStringLiteral("scenarioSourceQueries"), QString());
    m_problem = addSentence(QStringLiteral("scenarioProblem"));
    m_note = addSentence(QStringLiteral("scenarioNote"));
    m_note->show();

    connect(m_toggle, &QPushButton::clicked, this, &ScenarioPanel::toggle);
    connect(m_name, &QComboBox::activated, this, &ScenarioPanel::takeName);
    connect(m_rate, &QComboBox::activated, this, &ScenarioPanel::takeRate);
    setSession(nullptr);
}

void ScenarioPanel::setSession(LiveSession *session)
{
    if (m_session != nullptr) m_session->scenario().disconnect(this);
    m_session = session;
    setEnabled(session != nullptr);
    if (session == nullptr) return showState({});
    ScenarioRunner &runner = session->scenario();
    connect(&runner, &ScenarioRunner::stateChanged, this, &ScenarioPanel::showState);
    connect(&runner, &ScenarioRunner::selected, this, &ScenarioPanel::showName);
    showName(runner.options().name);
    showState(runner.state());
    refresh();
}

void ScenarioPanel::refresh()
{
    if (m_session == nullptr) return;
    const MetricHistory &history = m_session->history();
    const auto now = [](const Series &series) { return series.latest(0).value_or(kUnknown); };
    m_requests->setText(formatValue(ChartUnit::Rate, now(history.series(Metric::ScenarioRate))));
    m_sourceQueries->setText(
        formatValue(ChartUnit::Rate, now(history.series(Metric::SourceQueries))));
    const LatencyEstimate &estimate = m_session->latency();
    const bool ours = estimate.basis == LatencyEstimate::Basis::OurOwn;
    m_hitRatio->setText(
        formatValue(ChartUnit::Ratio, ours ? estimate.hitRatio.value_or(kUnknown) : kUnknown));
    m_mean->setText(
        formatValue(ChartUnit::Micros, ours ? estimate.measuredUs.value_or(kUnknown) : kUnknown));
}

void ScenarioPanel::showState(const ScenarioState &state)
{
    using Phase = ScenarioState::Phase;
    const bool active = state.phase == Phase::Preparing || state.phase == Phase::Running;
    m_toggle->setText(active ? tr("Stop") : tr("Start"));
    m_toggle->setToolTip(active ? tr("Stop sending requests")
                                : tr("Send requests through this store"));
    setLook(m_toggle, active ? "" : "primary");
    m_progress->setVisible(state.phase == Phase::Preparing);
    m_progress->setValue(static_cast<int>(state.prepared * 100));
    switch (state.phase) {
    case Phase::Idle:
        m_phase->setText(tr("not started"));
        break;
    case Phase::Preparing:
        m_phase->setText(m_session != nullptr && isChat(m_session->scenario().options().name)
                             ? tr("loading the model")
                             : tr("making the demo database"));
        break;
    case Phase::Running:
        m_phase->setText(tr("running"));
        break;
    case Phase::Finished:
        m_phase->setText(tr("stopped"));
        break;
    case Phase::Failed:
        m_phase->setText(tr("failed"));
        break;
    }
    setLook(m_phase, state.phase == Phase::Running  ? "chipAccent"
                     : state.phase == Phase::Failed ? "chipBad"
                                                    : "chip");
    m_problem->setVisible(state.error.has_value());
    if (state.error) m_problem->setText(errorLine(*state.error));
}

void ScenarioPanel::toggle()
{
    if (m_session == nullptr) return;
    ScenarioRunner &runner = m_session->scenario();
    if (runner.isActive())
        runner.stop();
    else
        runner.start();
}

void ScenarioPanel::takeName(int index)
{
    if (m_session != nullptr) m_session->scenario().select(m_name->itemData(index).toString());
}

void ScenarioPanel::showName(const QString &name)
{
    m_name->setCurrentIndex(m_name->findData(name));
    showRates();
    const bool chat = isChat(name);
    rename(m_requests, chat ? tr("blocks looked up") : tr("requests"));
    rename(m_sourceQueries, chat ? tr("blocks computed") : tr("source queries"));
    const ScenarioOptions &options = m_session->scenario().options();
    if (chat)
        return m_note->setText(
            tr("People ask the shipped language model about %1 notebooks; its KV blocks of 16 "
               "tokens are kept in this store as kv:…<br>"
               "Tc is the time to fetch a block, Td the time to compute it: nothing is simulated.")
                .arg(ChatScript::kPrompts));
    const bool isSearch = name == QLatin1String(kSearchScenario);
    const QString what =
        isSearch ? tr("Searches of 100,000 demo documents, read through this store as keys "
                      "search:…<br>"
                      "Source latency is simulated: %1 ms are added to each query.")
                 : tr("What suits each of 30,000 demo users: lists kept as recommend:…, made from "
                      "feature vectors kept as features:…<br>"
                      "Source latency is simulated: %1 ms are added to each query.");
    m_note->setText(what.arg(options.sourceLatencyMs));
}

void ScenarioPanel::showRates()
{
    const ScenarioOptions &options = m_session->scenario().options();
    m_rate->clear();
    for (const double rate : isChat(options.name) ? kChatRates : kRates)
        m_rate->addItem(formatValue(ChartUnit::Rate, rate), rate);
    m_rate->addItem(tr("unlimited"), 0.0);
    m_rate->setToolTip(isChat(options.name) ? tr("How many questions are asked each second")
                                            : tr("How many requests are sent each second"));
    const int index = m_rate->findData(options.rate);
    if (index >= 0) m_rate->setCurrentIndex(index);
}

void ScenarioPanel::takeRate(int index)
{
    if (m_session != nullptr) m_session->scenario().setRate(m_rate->itemData(index).toDouble());
}

} // namespace kvscope
