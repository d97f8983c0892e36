// LabControls: fields and the plan they make.
#include "widgets/lab/labcontrols.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/lab/labwords.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

namespace kvscope {
namespace {

using llm::KvType;
using llm::PolicyKind;

constexpr std::size_t kSinks = 4;
constexpr int kDefaultBudget = 64;
constexpr int kDefaultTokens = 200;
constexpr int kMostPromptCharacters = 8000;

/// What stands in the comparison's list.
enum Other : std::uint8_t {
    Nothing,
    CacheOff,
    FullF32,
    FullF16,
    FullQ8,
    FullQ4,
    FullKivi2,
    OtherPolicy, ///< and behind it, one for each PolicyKind
};

QComboBox *combo(const char *objectName, const QString &name, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(objectName));
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

QString kindName(PolicyKind kind)
{
    switch (kind) {
    case PolicyKind::Full:
        return LabControls::tr("full");
    case PolicyKind::Window:
        return LabControls::tr("window");
    case PolicyKind::Sinks:
        return LabControls::tr("sinks + window");
    case PolicyKind::H2o:
        return QStringLiteral("H2O");
    case PolicyKind::SnapKv:
        return QStringLiteral("SnapKV");
    case PolicyKind::KeyNorm:
        return LabControls::tr("key norm");
    case PolicyKind::Random:
        return LabControls::tr("random");
    }
    return {};
}

constexpr PolicyKind kKinds[] = {PolicyKind::Full,  PolicyKind::Window, PolicyKind::Sinks,
                                 PolicyKind::H2o,   PolicyKind::SnapKv, PolicyKind::KeyNorm,
                                 PolicyKind::Random};

} // namespace

LabControls::LabControls(QWidget *parent)
    : QWidget(parent), m_policy(combo("policy", tr("Which cells the cache gives up"), this)),
      m_budget(new QSpinBox(this)),
      m_format(combo("kvFormat", tr("How keys and values are stored"), this)),
      m_rotate(new QCheckBox(tr("rotate"), this)),
      m_other(combo("compareWith",
                    tr("Computes the same tokens in another way beside, and compares"), this)),
      m_pace(combo("pace", tr("How fast it decodes"), this)), m_tokens(new QSpinBox(this)),
      m_cache(new QPushButton(tr("Cache"), this)), m_step(new QPushButton(tr("Step"), this)),
      m_generate(new QPushButton(tr("Generate"), this)), m_prompt(new QLineEdit(this))
{
    setObjectName(QStringLiteral("labControls"));
    setAttribute(Qt::WA_StyledBackground);
    setLook(this, "bar");
    build();
    for (const PolicyKind kind : kKinds) m_policy->addItem(kindName(kind), static_cast<int>(kind));
    for (const KvType type : {KvType::F32, KvType::F16, KvType::Q8, KvType::Q4, KvType::Kivi2})
        m_format->addItem(formatText(type, llm::Rotation::None), static_cast<int>(type));
    m_format->setCurrentIndex(2);
    m_other->addItem(tr("vs nothing"), Nothing);
    m_other->addItem(tr("vs cache off"), CacheOff);
    const std::pair<Other, KvType> formats[] = {{FullF32, KvType::F32},
                                                {FullF16, KvType::F16},
                                                {FullQ8, KvType::Q8},
                                                {FullQ4, KvType::Q4},
                                                {FullKivi2, KvType::Kivi2}};
    for (const auto &[other, type] : formats)
        m_other->addItem(tr("vs full %1").arg(formatText(type, llm::Rotation::None)), other);
    for (const PolicyKind kind : kKinds)
        if (kind != PolicyKind::Full)
            m_other->addItem(tr("vs %1").arg(kindName(kind)), OtherPolicy + static_cast<int>(kind));
    m_other->setCurrentIndex(1);
    m_pace->addItem(tr("step by step"), static_cast<int>(LabPace::Step));
    m_pace->addItem(tr("slow"), static_cast<int>(LabPace::Slow));
    m_pace->addItem(tr("full pace"), static_cast<int>(LabPace::Full));
    m_pace->setCurrentIndex(1);

    connect(m_policy, &QComboBox::currentIndexChanged, this, &LabControls::showChoices);
    connect(m_format, &QComboBox::currentIndexChanged, this, &LabControls::showChoices);
    connect(m_pace, &QComboBox::currentIndexChanged, this, [this] { emit paceChosen(pace()); });
    connect(m_step, &QPushButton::clicked, this, &LabControls::stepRequested);
    connect(m_generate, &QPushButton::clicked, this, &LabControls::activate);
    connect(m_prompt, &QLineEdit::returnPressed, this, &LabControls::generateRequested);
    showChoices();
    showPhase(LabPhase::Empty);
}

void LabControls::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 8, 12, 8);
    layout->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    m_budget->setObjectName(QStringLiteral("budget"));
    m_budget->setAccessibleName(tr("Cells that the policy may keep"));
    m_budget->setToolTip(m_budget->accessibleName());
    m_budget->setRange(16, 100'000);
    m_budget->setSingleStep(16);
    m_budget->setValue(kDefaultBudget);
    m_rotate->setObjectName(QStringLiteral("rotate"));
    m_rotate->setToolTip(tr("Multiplies keys and values by a Hadamard matrix before they are "
                            "quantised, which spreads outliers"));
    m_tokens->setObjectName(QStringLiteral("tokens"));
    m_tokens->setAccessibleName(tr("Tokens to generate"));
    m_tokens->setToolTip(m_tokens->accessibleName());
    m_tokens->setRange(1, 100'000);
    m_tokens->setValue(kDefaultTokens);
    m_cache->setObjectName(QStringLiteral("cacheMenu"));
    m_cache->setIcon(strokeIcon(QStringLiteral("chevron-down")));
    m_cache->setIconSize({12, 12});
    m_cache->setLayoutDirection(Qt::RightToLeft);
    m_cache->setToolTip(tr("Save, restore or verify the cache; go on decoding"));
    m_step->setObjectName(QStringLiteral("step"));
    m_step->setToolTip(tr("Decode one token (F10)"));
    m_step->setShortcut(QKeySequence(Qt::Key_F10));
    m_generate->setObjectName(QStringLiteral("generate"));
    setLook(m_generate, "primary");
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_policy, m_budget, m_format, m_rotate, m_other})
        row->addWidget(widget);
    row->addStretch(1);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_pace, m_tokens, m_cache, m_step, m_generate})
        row->addWidget(widget);
    layout->addLayout(row);
    m_prompt->setObjectName(QStringLiteral("prompt"));
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setPlaceholderText(tr("What the model shall go on from; Return generates"));
    m_prompt->setMaxLength(kMostPromptCharacters);
    layout->addWidget(m_prompt);
}

void LabControls::showChoices()
{
    const auto kind = static_cast<PolicyKind>(m_policy->currentData().toInt());
    const auto type = static_cast<KvType>(m_format->currentData().toInt());
    m_budget->setVisible(kind != PolicyKind::Full);
    m_rotate->setVisible(type != KvType::F32 && type != KvType::F16);
}

void LabControls::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // What a number field needs, not what the largest number would.
    m_budget->setFixedWidth(72);
    m_tokens->setFixedWidth(72);
}

llm::PolicySpec LabControls::policy(PolicyKind kind) const
{
    if (kind == PolicyKind::Full) return {};
    auto budget = static_cast<std::size_t>(m_budget->value());
    const std::size_t sinks = kind == PolicyKind::Sinks ? kSinks : 0;
    // The same number of cells for every policy: sinks are among them.
    return {.kind = kind, .sinks = sinks, .budget = budget - sinks};
}

std::optional<llm::Session::Options> LabControls::other() const
{
    const int choice = m_other->currentData().toInt();
    llm::Session::Options options;
    switch (choice) {
    case Nothing:
        return std::nullopt;
    case CacheOff:
        options.caching = llm::Caching::Off;
        break;
    case FullF32:
        break;
    case FullF16:
        options.kv = KvType::F16;
        break;
    case FullQ8:
        options.kv = KvType::Q8;
        break;
    case FullQ4:
        options.kv = KvType::Q4;
        break;
    case FullKivi2:
        options.kv = KvType::Kivi2;
        break;
    default:
        options.policy = policy(static_cast<PolicyKind>(choice - OtherPolicy));
        options.kv = static_cast<KvType>(m_format->currentData().toInt());
    }
    return options;
}

QString LabControls::otherName() const
{
    const auto options = other();
    if (!options) return {};
    if (options->caching == llm::Caching::Off) return tr("cache off");
    return QStringLiteral("%1 %2").arg(policyText(options->policy),
                                       formatText(options->kv, options->rotation));
}

LabPlan LabControls::plan() const
{
    LabPlan plan;
    plan.prompt = m_prompt->text().toStdString();
    plan.tokens = static_cast<std::size_t>(m_tokens->value());
    plan.session.kv = static_cast<KvType>(m_format->currentData().toInt());
    plan.session.policy = policy(static_cast<PolicyKind>(m_policy->currentData().toInt()));
    if (m_rotate->isVisibleTo(this) && m_rotate->isChecked())
        plan.session.rotation = llm::Rotation::Hadamard;
    plan.other = other();
    return plan;
}

LabPace LabControls::pace() const
{
    return static_cast<LabPace>(m_pace->currentData().toInt());
}

void LabControls::setPrompt(const QString &text)
{
    m_prompt->setText(text);
    m_prompt->setCursorPosition(0);
}

void LabControls::activate()
{
    const bool runs = m_phase == LabPhase::Running || m_phase == LabPhase::Waiting;
    if (runs)
        emit stopRequested();
    else
        emit generateRequested();
}

void LabControls::showPhase(LabPhase phase)
{
    m_phase = phase;
    const bool runs = phase == LabPhase::Running || phase == LabPhase::Waiting;
    m_generate->setText(runs ? tr("Stop") : tr("Generate"));
    m_generate->setToolTip(runs ? tr("Stop after this token (Esc)")
                                : tr("Generate from the prompt (Return in the prompt)"));
    m_step->setVisible(phase == LabPhase::Waiting);
    m_cache->setVisible(phase == LabPhase::Done || phase == LabPhase::Stopped ||
                        phase == LabPhase::Idle);
}

} // namespace kvscope
