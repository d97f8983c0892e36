// CacheChoice: four fields, of which two show where they mean something.
#include "widgets/lab/cachechoice.h"

#include "widgets/lab/labwords.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

namespace kvscope {
namespace {

using llm::KvType;
using llm::PolicyKind;

constexpr std::size_t kSinks = 4;
constexpr int kDefaultBudget = 64;
constexpr int kBudgetWidth = 64;
constexpr int kArrowWidth = 44; // with the margins

constexpr PolicyKind kKinds[] = {PolicyKind::Full,  PolicyKind::Window, PolicyKind::Sinks,
                                 PolicyKind::H2o,   PolicyKind::SnapKv, PolicyKind::KeyNorm,
                                 PolicyKind::Random};

QString kindName(PolicyKind kind)
{
    switch (kind) {
    case PolicyKind::Full:
        return CacheChoice::tr("full");
    case PolicyKind::Window:
        return CacheChoice::tr("window");
    case PolicyKind::Sinks:
        return CacheChoice::tr("sinks + window");
    case PolicyKind::H2o:
        return QStringLiteral("H2O");
    case PolicyKind::SnapKv:
        return QStringLiteral("SnapKV");
    case PolicyKind::KeyNorm:
        return CacheChoice::tr("key norm");
    case PolicyKind::Random:
        return CacheChoice::tr("random");
    }
    return {};
}

} // namespace

QComboBox *labCombo(const char *objectName, const QString &name, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(objectName));
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    QObject::connect(box, &QComboBox::currentTextChanged, box, [box](const QString &text) {
        box->setFixedWidth(box->fontMetrics().horizontalAdvance(text) + kArrowWidth);
        box->view()->setMinimumWidth(box->view()->sizeHintForColumn(0) + kArrowWidth);
    });
    return box;
}

CacheChoice::CacheChoice(Of of, QWidget *parent)
    : QWidget(parent),
      m_policy(labCombo(of == Of::Itself ? "policy" : "otherPolicy",
                        of == Of::Itself ? tr("Which cells the cache gives up")
                                         : tr("Which cells the other cache gives up"),
                        this)),
      m_budget(new QSpinBox(this)),
      m_format(labCombo(of == Of::Itself ? "kvFormat" : "otherFormat",
                        of == Of::Itself ? tr("How keys and values are stored")
                                         : tr("How the other cache stores keys and values"),
                        this)),
      m_rotate(new QCheckBox(tr("rotate"), this))
{
    setObjectName(of == Of::Itself ? QStringLiteral("cacheChoice") : QStringLiteral("otherChoice"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (const PolicyKind each : kKinds) m_policy->addItem(kindName(each), static_cast<int>(each));
    for (const KvType each : {KvType::F32, KvType::F16, KvType::Q8, KvType::Q4, KvType::Kivi2})
        m_format->addItem(formatText(each, llm::Rotation::None), static_cast<int>(each));
    m_budget->setObjectName(of == Of::Itself ? QStringLiteral("budget")
                                             : QStringLiteral("otherBudget"));
    m_budget->setAccessibleName(of == Of::Itself ? tr("Cells that the policy may keep")
                                                 : tr("Cells that the other policy may keep"));
    m_budget->setToolTip(m_budget->accessibleName());
    m_budget->setRange(16, 100'000);
    m_budget->setSingleStep(16);
    m_budget->setValue(kDefaultBudget);
    // What a number field needs, not what the largest number would.
    m_budget->setFixedWidth(kBudgetWidth);
    m_rotate->setObjectName(of == Of::Itself ? QStringLiteral("rotate")
                                             : QStringLiteral("otherRotate"));
    m_rotate->setToolTip(tr("Multiplies keys and values by a Hadamard matrix before they are "
                            "quantised, which spreads outliers"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (QWidget *field : fields()) row->addWidget(field);
    connect(m_policy, &QComboBox::currentIndexChanged, this, &CacheChoice::showFields);
    connect(m_format, &QComboBox::currentIndexChanged, this, &CacheChoice::showFields);
    connect(m_budget, &QSpinBox::valueChanged, this, &CacheChoice::changed);
    connect(m_rotate, &QCheckBox::toggled, this, &CacheChoice::changed);
    showFields();
}

QList<QWidget *> CacheChoice::fields() const
{
    return {m_policy, m_budget, m_format, m_rotate};
}

PolicyKind CacheChoice::kind() const
{
    return static_cast<PolicyKind>(m_policy->currentData().toInt());
}

KvType CacheChoice::type() const
{
    return static_cast<KvType>(m_format->currentData().toInt());
}

void CacheChoice::setFormat(KvType type)
{
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(type)));
}

void CacheChoice::showFields()
{
    m_budget->setVisible(kind() != PolicyKind::Full);
    m_rotate->setVisible(type() != KvType::F32 && type() != KvType::F16);
    emit changed();
}

llm::Session::Options CacheChoice::options() const
{
    llm::Session::Options options;
    options.kv = type();
    if (type() != KvType::F32 && type() != KvType::F16 && m_rotate->isChecked())
        options.rotation = llm::Rotation::Hadamard;
    if (kind() == PolicyKind::Full) return options;
    const auto budget = static_cast<std::size_t>(m_budget->value());
    const std::size_t sinks = kind() == PolicyKind::Sinks ? kSinks : 0;
    // The same number of cells for every policy: sinks are among them.
    options.policy = {.kind = kind(), .sinks = sinks, .budget = budget - sinks};
    return options;
}

} // namespace kvscope
