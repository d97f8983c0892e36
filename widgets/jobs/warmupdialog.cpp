// WarmupDialog: an order and what it needs.
#include "widgets/jobs/warmupdialog.h"

#include "widgets/base/dialogs.h"
#include "widgets/base/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace kvscope {
namespace {

using Kind = WarmOrder::Kind;

bool needsFile(Kind kind)
{
    return kind == Kind::Hot || kind == Kind::Learned || kind == Kind::Benefit;
}

} // namespace

WarmupDialog::WarmupDialog(const Binding &binding, const QString &writeObstacle, QWidget *parent)
    : QDialog(parent), m_order(new QComboBox(this)), m_whatLabel(new QLabel(this)),
      m_what(new QLineEdit(this)), m_browse(new QPushButton(this)), m_rate(new QLineEdit(this)),
      m_hint(new QLabel(this)), m_complaint(new QLabel(this)), m_obstacle(writeObstacle)
{
    setObjectName(QStringLiteral("warmupDialog"));
    setWindowTitle(tr("Warm up %1").arg(binding.name));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(520);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    auto *heading = new QLabel(windowTitle(), this);
    heading->setTextFormat(Qt::PlainText);
    setLook(heading, "heading");
    layout->addWidget(heading);

    m_order->setObjectName(QStringLiteral("orderChoice"));
    const auto add = [this](Kind kind, const QString &text) {
        m_order->addItem(text, static_cast<int>(kind));
    };
    add(Kind::Key, tr("Key order"));
    add(Kind::Hot, tr("Hottest first, by an access log"));
    add(Kind::Lfu, tr("Hottest first, by the store's LFU counters"));
    add(Kind::Column, tr("By a column, the largest first"));
    add(Kind::Learned, tr("What a predictor expects, learned from a trace"));
    add(Kind::Benefit, tr("Benefit per byte, by an access log"));
    m_what->setObjectName(QStringLiteral("orderDetail"));
    m_browse->setObjectName(QStringLiteral("orderBrowse"));
    m_browse->setText(tr("Choose…"));
    m_browse->setAutoDefault(false);
    m_rate->setObjectName(QStringLiteral("rateField"));
    m_rate->setPlaceholderText(tr("automatic: gives way to others"));
    auto *what = new QHBoxLayout;
    what->setSpacing(8);
    what->addWidget(m_what, 1);
    what->addWidget(m_browse);
    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(16);
    rows->setVerticalSpacing(8);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    rows->addRow(tr("&First"), m_order);
    m_whatLabel->setBuddy(m_what);
    rows->addRow(m_whatLabel, what);
    rows->addRow(QString(), m_hint);
    rows->addRow(tr("&Rows a second"), m_rate);
    m_hint->setWordWrap(true);
    setLook(m_hint, "small");
    m_complaint->setObjectName(QStringLiteral("complaint"));
    m_complaint->setWordWrap(true);
    setLook(m_complaint, "small");
    layout->addLayout(rows);
    layout->addWidget(m_complaint);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    const auto button = [&](const char *name, const QString &text, const char *look) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(QString::fromLatin1(name));
        made->setAutoDefault(false);
        setLook(made, look);
        buttons->addWidget(made);
        return made;
    };
    connect(button("cancelButton", tr("Cancel"), ""), &QPushButton::clicked, this,
            &QDialog::reject);
    m_try = button("tryWarmup", tr("Dry run"), "");
    m_start = button("startWarmup", tr("Warm up"), "primary");
    m_start->setDefault(true);
    layout->addLayout(buttons);
    connect(m_try, &QPushButton::clicked, this, [this] { start(true); });
    connect(m_start, &QPushButton::clicked, this, [this] { start(false); });
    connect(m_order, &QComboBox::currentIndexChanged, this, &WarmupDialog::judge);
    for (QLineEdit *field : {m_what, m_rate})
        connect(field, &QLineEdit::textChanged, this, &WarmupDialog::judge);
    connect(m_browse, &QPushButton::clicked, this, [this] {
        askOpenFile(this, tr("Choose a trace or log"), tr("All files (*)"),
                    [this](const QString &path) { m_what->setText(path); });
    });
    judge();
}

WarmOrder WarmupDialog::order() const
{
    WarmOrder order;
    order.kind = static_cast<Kind>(m_order->currentData().toInt());
    if (needsFile(order.kind)) order.file = m_what->text().trimmed();
    if (order.kind == Kind::Column) order.column = m_what->text().trimmed().toStdString();
    return order;
}

void WarmupDialog::judge()
{
    const Kind kind = order().kind;
    const bool column = kind == Kind::Column;
    const bool needs = needsFile(kind) || column;
    m_what->setEnabled(needs);
    m_browse->setEnabled(needsFile(kind));
    m_whatLabel->setText(column ? tr("&Column") : tr("&File"));
    m_what->setAccessibleName(column ? tr("Column") : tr("File"));
    m_hint->setText(kind == Kind::Key
                        ? tr("Reads the source once, in the binding's order.")
                        : tr("At most 500,000 rows are ranked; those behind them come in key "
                             "order."));
    bool ok = true;
    const double rate = m_rate->text().isEmpty() ? 1 : m_rate->text().toDouble(&ok);
    QString wrong;
    if (needs && m_what->text().trimmed().isEmpty())
        wrong = column ? tr("Name the column.") : tr("Choose the file: a key a line, or a trace.");
    else if (!ok || !(rate > 0 && std::isfinite(rate)))
        wrong = tr("The rate is a number above 0, or empty.");
    m_complaint->setText(wrong);
    m_try->setEnabled(wrong.isEmpty());
    m_start->setEnabled(wrong.isEmpty() && m_obstacle.isEmpty());
    m_start->setToolTip(m_obstacle);
}

void WarmupDialog::start(bool dryRun)
{
    WarmupOptions options;
    options.order = order();
    options.rate = m_rate->text().toDouble();
    options.dryRun = dryRun;
    emit chosen(options);
    accept();
}

} // namespace kvscope
