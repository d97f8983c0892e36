// LabControls: fields and the plan they make.
#include "widgets/lab/labcontrols.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/lab/cachechoice.h"
#include "widgets/lab/choosingpopup.h"
#include "widgets/lab/flowlayout.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

namespace kvscope {
namespace {

constexpr int kDefaultTokens = 200;
constexpr int kTokensWidth = 64;
constexpr int kMostPromptCharacters = 8000;

/// What stands in the comparison's list.
enum Other : std::uint8_t { Nothing, CacheOff, AnotherCache };

QPushButton *menuButton(const char *objectName, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setIcon(strokeIcon(QStringLiteral("chevron-down")));
    button->setIconSize({12, 12});
    button->setLayoutDirection(Qt::RightToLeft);
    return button;
}

} // namespace

LabControls::LabControls(QWidget *parent)
    : QWidget(parent), m_modes(new QButtonGroup(this)),
      m_newChat(new QPushButton(tr("New chat"), this)),
      m_choice(new CacheChoice(CacheChoice::Of::Itself, this)),
      m_other(labCombo("compareWith",
                       tr("Generates the same beside it in another way, and compares"), this)),
      m_otherChoice(new CacheChoice(CacheChoice::Of::Other, this)),
      m_pace(labCombo("pace", tr("How fast it decodes"), this)), m_tokens(new QSpinBox(this)),
      m_choosing(menuButton("choosing", {}, this)), m_popup(new ChoosingPopup(this)),
      m_cache(menuButton("cacheMenu", tr("Cache"), this)),
      m_step(new QPushButton(tr("Step"), this)), m_generate(new QPushButton(tr("Generate"), this)),
      m_prompt(new QLineEdit(this)), m_turn(new QLineEdit(this))
{
    setObjectName(QStringLiteral("labControls"));
    setAttribute(Qt::WA_StyledBackground);
    setLook(this, "bar");
    build();
    m_choice->setFormat(llm::KvType::Q8);
    m_other->addItem(tr("vs nothing"), Nothing);
    m_other->addItem(tr("vs cache off"), CacheOff);
    m_other->addItem(tr("vs another cache"), AnotherCache);
    m_other->setCurrentIndex(CacheOff);
    m_pace->addItem(tr("step by step"), static_cast<int>(LabPace::Step));
    m_pace->addItem(tr("slow"), static_cast<int>(LabPace::Slow));
    m_pace->addItem(tr("full pace"), static_cast<int>(LabPace::Full));
    m_pace->setCurrentIndex(1);
    wire();
    showChoices();
    showMode();
    showSnapshot({});
}

void LabControls::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 8, 12, 8);
    layout->setSpacing(8);
    auto *top = new QHBoxLayout;
    top->setSpacing(6);
    auto *modes = new QHBoxLayout;
    modes->setSpacing(0);
    const auto addMode = [&](const char *objectName, const QString &name, const QString &tip) {
        auto *button = new QPushButton(name, this);
        button->setObjectName(QString::fromLatin1(objectName));
        button->setToolTip(tip);
        button->setCheckable(true);
        button->setChecked(m_modes->buttons().isEmpty());
        setLook(button, "segment");
        m_modes->addButton(button, static_cast<int>(m_modes->buttons().size()));
        modes->addWidget(button);
    };
    addMode("textMode", tr("Text"), tr("The model goes on from a text"));
    addMode("chatMode", tr("Chat"),
            tr("Turn by turn; the cache keeps the turns before, and only new tokens are computed"));
    top->addLayout(modes);
    m_prompt->setObjectName(QStringLiteral("prompt"));
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setPlaceholderText(tr("What the model shall go on from; Return generates"));
    m_turn->setObjectName(QStringLiteral("turn"));
    m_turn->setAccessibleName(tr("Your turn"));
    m_turn->setPlaceholderText(tr("Tell it something, or ask: a question is written as “Q: … A:”"));
    for (QLineEdit *field : {m_prompt, m_turn}) {
        field->setMaxLength(kMostPromptCharacters);
        top->addWidget(field, 1);
    }
    m_newChat->setObjectName(QStringLiteral("newChat"));
    m_newChat->setToolTip(tr("Ends this chat; the next turn begins another one (Ctrl+N)"));
    m_newChat->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    m_step->setObjectName(QStringLiteral("step"));
    m_step->setToolTip(tr("Decode one token (F10)"));
    m_step->setShortcut(QKeySequence(Qt::Key_F10));
    m_generate->setObjectName(QStringLiteral("generate"));
    setLook(m_generate, "primary");
    for (QWidget *widget : std::initializer_list<QWidget *>{m_newChat, m_step, m_generate})
        top->addWidget(widget);
    layout->addLayout(top);

    m_tokens->setObjectName(QStringLiteral("tokens"));
    m_tokens->setAccessibleName(tr("Tokens to generate"));
    m_tokens->setToolTip(m_tokens->accessibleName());
    m_tokens->setRange(1, 100'000);
    m_tokens->setValue(kDefaultTokens);
    m_tokens->setFixedWidth(kTokensWidth);
    m_choosing->setToolTip(tr("How tokens are chosen, and what happens when the context is full"));
    m_cache->setToolTip(tr("Save, restore or verify the cache; go on decoding"));
    auto *flow = new FlowLayout(6);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_choice, m_other, m_otherChoice})
        flow->addWidget(widget);
    flow->addBreak();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_pace, m_tokens, m_choosing, m_cache})
        flow->addWidget(widget);
    layout->addLayout(flow);
    // As they are read.
    QList<QWidget *> order;
    for (QAbstractButton *mode : m_modes->buttons()) order += mode;
    order += {m_prompt, m_turn, m_newChat, m_step, m_generate};
    order += m_choice->fields();
    order += m_other;
    order += m_otherChoice->fields();
    order += {m_pace, m_tokens, m_choosing, m_cache};
    for (qsizetype i = 1; i < order.size(); ++i) setTabOrder(order[i - 1], order[i]);
}

void LabControls::wire()
{
    connect(m_modes, &QButtonGroup::idClicked, this, &LabControls::showMode);
    connect(m_other, &QComboBox::currentIndexChanged, this, &LabControls::showChoices);
    connect(m_popup, &ChoosingPopup::changed, this,
            [this] { m_choosing->setText(m_popup->summary()); });
    connect(m_choosing, &QPushButton::clicked, this, [this] { m_popup->openBelow(*m_choosing); });
    connect(m_pace, &QComboBox::currentIndexChanged, this, [this] { emit paceChosen(pace()); });
    connect(m_step, &QPushButton::clicked, this, &LabControls::stepRequested);
    connect(m_newChat, &QPushButton::clicked, this, [this] {
        emit newChatRequested();
        m_turn->setFocus();
    });
    connect(m_generate, &QPushButton::clicked, this, &LabControls::activate);
    for (const QLineEdit *field : {m_prompt, m_turn})
        connect(field, &QLineEdit::returnPressed, this, &LabControls::submit);
}

LabPlan::Kind LabControls::mode() const
{
    return m_modes->checkedId() == 1 ? LabPlan::Kind::Chat : LabPlan::Kind::Text;
}

void LabControls::showChoices()
{
    m_otherChoice->setVisible(m_other->currentData().toInt() == AnotherCache);
    m_choosing->setText(m_popup->summary());
}

void LabControls::showMode()
{
    const bool isChat = mode() == LabPlan::Kind::Chat;
    m_prompt->setVisible(!isChat);
    m_turn->setVisible(isChat);
    m_popup->suggestAtEnd(isChat ? llm::AtContextEnd::Shift : llm::AtContextEnd::GoOn);
    m_newChat->setVisible(isChat && m_isChatOpen);
    // A living cache stays as it was made.
    const bool isFree = !isChat || !m_isChatOpen;
    for (QWidget *choice : std::initializer_list<QWidget *>{m_choice, m_other, m_otherChoice}) {
        choice->setEnabled(isFree);
        if (choice != m_other)
            choice->setToolTip(isFree ? QString() : tr("As it is until the next chat"));
    }
    m_popup->setContextEnabled(isFree);
    const bool runs = m_phase == LabPhase::Running || m_phase == LabPhase::Waiting;
    m_generate->setText(runs ? tr("Stop") : isChat ? tr("Send") : tr("Generate"));
    m_generate->setToolTip(runs     ? tr("Stop after this token (Esc)")
                           : isChat ? tr("Say it (Return in the field)")
                                    : tr("Generate from the prompt (Return in the prompt)"));
}

std::optional<llm::Session::Options> LabControls::other() const
{
    const int choice = m_other->currentData().toInt();
    if (choice == Nothing) return std::nullopt;
    llm::Session::Options options;
    if (choice == CacheOff)
        options.caching = llm::Caching::Off;
    else
        options = m_otherChoice->options();
    m_popup->fill(options);
    // Without a cache there is nothing to move.
    if (choice == CacheOff && options.atEnd == llm::AtContextEnd::Shift)
        options.atEnd = llm::AtContextEnd::GoOn;
    return options;
}

LabPlan LabControls::plan() const
{
    LabPlan plan;
    plan.kind = mode();
    plan.prompt = (mode() == LabPlan::Kind::Chat ? m_turn : m_prompt)->text().toStdString();
    plan.tokens = static_cast<std::size_t>(m_tokens->value());
    plan.session = m_choice->options();
    m_popup->fill(plan.session);
    plan.other = other();
    return plan;
}

LabPace LabControls::pace() const
{
    return static_cast<LabPace>(m_pace->currentData().toInt());
}

llm::SamplerOptions LabControls::sampler() const
{
    return m_popup->sampler();
}

void LabControls::setPrompt(const QString &text)
{
    m_prompt->setText(text);
    m_prompt->setCursorPosition(0);
}

void LabControls::clearTurn()
{
    if (mode() == LabPlan::Kind::Chat) m_turn->clear();
}

void LabControls::activate()
{
    const bool runs = m_phase == LabPhase::Running || m_phase == LabPhase::Waiting;
    if (runs)
        emit stopRequested();
    else
        submit();
}

void LabControls::submit()
{
    if (mode() == LabPlan::Kind::Text) {
        emit generateRequested();
        return;
    }
    const QString text = m_turn->text().trimmed();
    if (text.isEmpty()) return;
    if (m_isChatOpen)
        emit turnRequested(text);
    else
        emit generateRequested();
}

void LabControls::showSnapshot(const LabSnapshot &snapshot)
{
    const bool isChatOpen =
        snapshot.plan && snapshot.plan->kind == LabPlan::Kind::Chat && !snapshot.tokens.empty();
    if (snapshot.phase != m_phase || isChatOpen != m_isChatOpen) {
        m_phase = snapshot.phase;
        m_isChatOpen = isChatOpen;
        showMode();
    }
    m_step->setVisible(m_phase == LabPhase::Waiting);
    // Always there: the fields beside it stay where they are when a text begins or ends.
    m_cache->setEnabled(m_phase == LabPhase::Done || m_phase == LabPhase::Stopped ||
                        m_phase == LabPhase::Idle);
}

} // namespace kvscope
