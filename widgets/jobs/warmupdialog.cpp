// WarmupDialog: an order and what it needs.
#include "widgets/jobs/warmupdialog.h"

#include "widgets/base/dialogs.h"
#include "widgets/jobs/dialogparts.h"

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
      m_hint(dialogparts::hint(this, {})), m_complaint(dialogparts::complaint(this)),
      m_obstacle(writeObstacle)
{
    QVBoxLayout *layout =
        dialogparts::begin(this, "warmupDialog", tr("Warm up %1").arg(binding.name));
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
    m_rate->setObjectName(QStringLiteral("rateField"));
    m_rate->setPlaceholderText(tr("automatic: gives way to others"));
    auto *what = new QHBoxLayout;
    what->setSpacing(8);
    what->addWidget(m_what, 1);
    what->addWidget(m_browse);
    QFormLayout *rows = dialogparts::form();
    rows->addRow(tr("&First"), m_order);
    m_whatLabel->setBuddy(m_what);
    rows->addRow(m_whatLabel, what);
    rows->addRow(QString(), m_hint);
    rows->addRow(tr("&Rows a second"), m_rate);
    layout->addLayout(rows);
    layout->addWidget(m_complaint);
    QHBoxLayout *buttons = dialogparts::buttons(this);
    m_try = dialogparts::button(this, buttons, "tryWarmup", tr("Dry run"), "");
    m_start = dialogparts::button(this, buttons, "startWarmup", tr("Warm up"), "primary");
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
    dialogparts::orderTabs(this);
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
    m_whatLabel->setText(column ? tr("&Column") : tr("F&ile"));
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
    m_complaint->setVisible(!wrong.isEmpty());
    m_try->setEnabled(wrong.isEmpty());
    m_start->setEnabled(wrong.isEmpty() && m_obstacle.isEmpty());
    m_start->setToolTip(m_obstacle);
    dialogparts::fit(this);
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
