// ChoosingPopup: fields.
#include "widgets/lab/choosingpopup.h"

#include "widgets/base/theme.h"
#include "widgets/lab/cachechoice.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QScreen>
#include <QSpinBox>

#include <limits>

namespace kvscope {
namespace {

using llm::AtContextEnd;

constexpr int kLeastContext = 32;

template<class Box>
Box *numberBox(const char *objectName, const QString &tip, QWidget *parent)
{
    auto *box = new Box(parent);
    box->setObjectName(QString::fromLatin1(objectName));
    box->setToolTip(tip);
    return box;
}

} // namespace

ChoosingPopup::ChoosingPopup(QWidget *parent)
    : QDialog(parent, Qt::Popup),
      m_temperature(numberBox<QDoubleSpinBox>(
          "temperature", tr("0 always takes the likeliest token; more flattens the distribution"),
          this)),
      m_topK(numberBox<QSpinBox>("topK", tr("Only so many of the likeliest tokens"), this)),
      m_topP(numberBox<QDoubleSpinBox>(
          "topP", tr("Only the likeliest tokens that together reach this probability"), this)),
      m_seed(numberBox<QSpinBox>("seed", tr("The same seed gives the same tokens"), this)),
      m_context(numberBox<QSpinBox>("contextLength",
                                    tr("Tokens that fit before the context is full"), this)),
      m_atEnd(labCombo("atEnd", tr("What happens when the context is full"), this)),
      m_hint(new QLabel(this))
{
    setObjectName(QStringLiteral("choosingPopup"));
    build();
    connect(m_temperature, &QDoubleSpinBox::valueChanged, this, &ChoosingPopup::showFields);
    connect(m_topK, &QSpinBox::valueChanged, this, &ChoosingPopup::changed);
    connect(m_topP, &QDoubleSpinBox::valueChanged, this, &ChoosingPopup::changed);
    connect(m_seed, &QSpinBox::valueChanged, this, &ChoosingPopup::changed);
    connect(m_context, &QSpinBox::valueChanged, this, &ChoosingPopup::changed);
    connect(m_atEnd, &QComboBox::currentIndexChanged, this, &ChoosingPopup::showFields);
    connect(m_atEnd, &QComboBox::activated, this, [this] { m_wasChosen = true; });
    showFields();
}

void ChoosingPopup::build()
{
    m_temperature->setRange(0, 3);
    m_temperature->setSingleStep(0.1);
    m_temperature->setDecimals(2);
    m_temperature->setSpecialValueText(tr("0 (greedy)"));
    m_topK->setRange(0, 1'000'000);
    m_topK->setSpecialValueText(tr("all"));
    m_topP->setRange(0.01, 1);
    m_topP->setSingleStep(0.05);
    m_topP->setDecimals(2);
    m_topP->setValue(1);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    // 0, the model's own, stands below the least that makes sense.
    m_context->setRange(kLeastContext - 1, 1'000'000);
    m_context->setSpecialValueText(tr("the model's"));
    m_context->setSingleStep(16);
    m_atEnd->addItem(tr("go on beyond it"), static_cast<int>(AtContextEnd::GoOn));
    m_atEnd->addItem(tr("drop the oldest half"), static_cast<int>(AtContextEnd::Shift));
    m_atEnd->addItem(tr("stop"), static_cast<int>(AtContextEnd::Stop));
    m_hint->setObjectName(QStringLiteral("atEndHint"));
    m_hint->setWordWrap(true);
    setLook(m_hint, "small");

    auto *form = new QFormLayout(this);
    form->setContentsMargins(16, 12, 16, 12);
    form->setSpacing(8);
    form->addRow(tr("Temperature"), m_temperature);
    form->addRow(tr("Top k"), m_topK);
    form->addRow(tr("Top p"), m_topP);
    form->addRow(tr("Seed"), m_seed);
    form->addRow(tr("Context"), m_context);
    form->addRow(tr("When it is full"), m_atEnd);
    form->addRow(m_hint);
    m_atEnd->setMinimumWidth(0);
    m_atEnd->setMaximumWidth(QWIDGETSIZE_MAX);
    setFixedWidth(340);
}

AtContextEnd ChoosingPopup::atEnd() const
{
    return static_cast<AtContextEnd>(m_atEnd->currentData().toInt());
}

void ChoosingPopup::showFields()
{
    const bool isGreedy = m_temperature->value() <= 0;
    for (QWidget *field : std::initializer_list<QWidget *>{m_topK, m_topP, m_seed})
        field->setEnabled(!isGreedy);
    m_hint->setText(
        atEnd() == AtContextEnd::Shift
            ? tr("Half of what lies behind the first 4 tokens is dropped and the rest moves down. "
                 "Keys are kept as they were before RoPE and turned anew at each step, which is "
                 "slower.")
        : atEnd() == AtContextEnd::Stop
            ? tr("Decoding ends where the context is full.")
            : tr("Positions beyond the trained length, as far as the model bears them."));
    if (isVisible()) adjustSize(); // the hint may need another line
    emit changed();
}

llm::SamplerOptions ChoosingPopup::sampler() const
{
    return {.temperature = m_temperature->value(),
            .topK = static_cast<std::size_t>(m_topK->value()),
            .topP = m_topP->value(),
            .seed = static_cast<std::uint64_t>(m_seed->value())};
}

void ChoosingPopup::fill(llm::Session::Options &options) const
{
    options.sampler = sampler();
    options.atEnd = atEnd();
    options.context =
        m_context->value() < kLeastContext ? 0 : static_cast<std::size_t>(m_context->value());
}

QString ChoosingPopup::summary() const
{
    QStringList parts;
    const llm::SamplerOptions chosen = sampler();
    if (chosen.temperature <= 0)
        parts += tr("greedy");
    else
        parts += QStringLiteral("T %1").arg(chosen.temperature);
    if (chosen.temperature > 0 && chosen.topK > 0) parts += QStringLiteral("k %1").arg(chosen.topK);
    if (chosen.temperature > 0 && chosen.topP < 1) parts += QStringLiteral("p %1").arg(chosen.topP);
    if (m_context->value() >= kLeastContext) parts += tr("context %1").arg(m_context->value());
    return parts.join(QStringLiteral(" · "));
}

void ChoosingPopup::suggestAtEnd(AtContextEnd atEnd)
{
    if (!m_wasChosen) m_atEnd->setCurrentIndex(m_atEnd->findData(static_cast<int>(atEnd)));
}

void ChoosingPopup::setContextEnabled(bool isEnabled)
{
    m_context->setEnabled(isEnabled);
    m_atEnd->setEnabled(isEnabled);
}

// A dialog leaves Return to its default button, and there is none.
void ChoosingPopup::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return accept();
    QDialog::keyPressEvent(event);
}

void ChoosingPopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().panel);
    painter.setPen(theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void ChoosingPopup::openBelow(const QWidget &anchor)
{
    adjustSize();
    const QRect screen = anchor.screen()->availableGeometry();
    const QPoint corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4));
    move(std::min(corner.x(), screen.right() - width()),
         std::min(corner.y(), screen.bottom() - height()));
    show();
    m_temperature->setFocus();
    m_temperature->selectAll();
}

} // namespace kvscope
