// CapacityView: a table to choose from, a form, and the ladder.
#include "widgets/lab/capacityview.h"

#include "core/base/human.h"
#include "widgets/base/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QSpinBox>
#include <QTableWidget>

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

QString sizeText(double bytes)
{
    return QString::fromStdString(formatBytes(std::uint64_t(std::llround(bytes))));
}

QString countText(double count)
{
    return QString::fromStdString(formatCount(std::uint64_t(count)));
}

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

QComboBox *choice(const char *objectName, std::initializer_list<std::pair<QString, double>> choices,
                  int first, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(objectName));
    for (const auto &[name, value] : choices) box->addItem(name, value);
    box->setCurrentIndex(first);
    return box;
}

} // namespace

CapacityLadder::CapacityLadder(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("capacityLadder"));
    setAccessibleName(tr("Users by what is done for them"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CapacityLadder::setSteps(std::vector<Step> steps)
{
    m_steps = std::move(steps);
    QStringList said;
    for (const Step &step : m_steps)
        said += QStringLiteral("%1: %2").arg(step.name, countText(step.users));
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    setFixedHeight(sizeHint().height());
    update();
}

void CapacityLadder::paintEvent(QPaintEvent *)
{
    const ThemeTokens &t = theme();
    QPainter painter(this);
    double most = 1;
    for (const Step &step : m_steps) most = std::max(most, step.users);
    constexpr int kStep = 44;
    constexpr int kRight = 130;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step &step = m_steps[i];
        const int top = int(i) * kStep;
        painter.setFont(uiFont(12));
        painter.setPen(t.muted);
        painter.drawText(QRect(0, top, width(), 18), Qt::AlignVCenter, step.name);
        const QRect track(0, top + 20, width() - kRight, 12);
        painter.fillRect(track, t.faintLine);
        painter.fillRect(QRect(track.left(), track.top(),
                               std::max(1, int(track.width() * step.users / most)), track.height()),
                         i + 1 == m_steps.size() ? t.accent : t.blue);
        QString figure = countText(step.users);
        if (i > 0 && m_steps[i - 1].users > 0)
            figure += QStringLiteral("  ×%1").arg(step.users / m_steps[i - 1].users, 0, 'f', 2);
        painter.setFont(monoFont(12));
        painter.setPen(t.text);
        painter.drawText(QRect(width() - kRight + 8, top + 16, kRight - 8, 20),
                         Qt::AlignVCenter | Qt::AlignRight, figure);
    }
}

CapacityView::CapacityView(QWidget *parent)
    : QWidget(parent), m_models(new QTableWidget(this)), m_users(new QLabel(this)),
      m_figures(new QLabel(this)), m_source(new QLabel(this)), m_ladder(new CapacityLadder(this))
{
    setObjectName(QStringLiteral("capacityView"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(10);
    layout->addWidget(buildTable(), 4);
    layout->addWidget(buildForm(), 3);
    connect(m_models, &QTableWidget::itemSelectionChanged, this, &CapacityView::compute);
    for (QComboBox *box : {m_gpu, m_weights, m_format})
        connect(box, &QComboBox::currentIndexChanged, this, &CapacityView::compute);
    for (QSpinBox *box : {m_gpus, m_context, m_longest, m_shared})
        connect(box, &QSpinBox::valueChanged, this, &CapacityView::compute);
    compute();
}

QWidget *CapacityView::buildTable()
{
    auto *card = new QFrame(this);
    setLook(card, "card");
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(1, 8, 1, 8);
    const QStringList columns{tr("model"),    tr("params"), tr("layers"),   tr("windows"),
                              tr("kv heads"), tr("head"),   tr("f16/token")};
    const auto models = llm::knownModels();
    m_models->setObjectName(QStringLiteral("capacityModels"));
    m_models->setAccessibleName(tr("Known models"));
    m_models->setColumnCount(int(columns.size()));
    m_models->setHorizontalHeaderLabels(columns);
    m_models->setRowCount(int(models.size()));
    for (int row = 0; row < int(models.size()); ++row) {
        const llm::KnownModel &model = models[std::size_t(row)];
        const bool isLatent = model.latentRank > 0;
        const QString windows =
            model.windowLayers > 0
                ? QStringLiteral("%1 × %2").arg(model.windowLayers).arg(model.window)
                : QStringLiteral("—");
        const QString cells[] = {
            text(model.name),
            model.billions < 1 ? QStringLiteral("%1 M").arg(model.billions * 1000, 0, 'f', 0)
                               : QStringLiteral("%1 B").arg(model.billions, 0, 'f', 1),
            QString::number(model.layers),
            windows,
            isLatent ? QStringLiteral("%1+%2").arg(model.latentRank).arg(model.latentRope)
                     : QString::number(model.kvHeads),
            isLatent ? QStringLiteral("—") : QString::number(model.headDim),
            sizeText(llm::capacityOf(model, {}).bytesPerToken)};
        for (int column = 0; column < int(std::size(cells)); ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
            item->setToolTip(
                (isLatent ? tr("Latent attention (MLA): rank + rope, for keys and values of all "
                               "heads") +
                                QLatin1Char('\n')
                          : QString()) +
                tr("Source: %1").arg(text(model.source)));
            if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_models->setItem(row, column, item);
        }
    }
    m_models->verticalHeader()->hide();
    m_models->verticalHeader()->setDefaultSectionSize(metric::kRow);
    m_models->horizontalHeader()->setHighlightSections(false);
    m_models->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_models->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_models->horizontalHeaderItem(3)->setToolTip(
        tr("Layers that see no more than so many tokens"));
    m_models->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_models->setSelectionMode(QAbstractItemView::SingleSelection);
    m_models->setShowGrid(false);
    m_models->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 1; column < m_models->columnCount(); ++column)
        m_models->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    const auto first = std::ranges::find(models, "Llama 3.1 8B", &llm::KnownModel::name);
    m_models->selectRow(first == models.end() ? 0 : int(first - models.begin()));
    layout->addWidget(m_models);
    return card;
}

QSpinBox *CapacityView::number(const char *objectName, const QString &name, int most, int value,
                               int step)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(QString::fromLatin1(objectName));
    box->setAccessibleName(name);
    box->setRange(0, most);
    box->setValue(value);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    return box;
}

QWidget *CapacityView::buildForm()
{
    auto *card = new QFrame(this);
    setLook(card, "card");
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(10);
    m_users->setObjectName(QStringLiteral("capacityUsers"));
    setLook(m_users, "heading");
    m_users->setWordWrap(true);
    m_figures->setObjectName(QStringLiteral("capacityFigures"));
    m_source->setObjectName(QStringLiteral("capacitySource"));
    for (QLabel *label : {m_figures, m_source}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        setLook(label, "muted");
    }
    m_gpu = choice("gpu",
                   {{tr("24 GB (RTX 4090)"), 24},
                    {tr("40 GB (A100)"), 40},
                    {tr("80 GB (A100, H100)"), 80},
                    {tr("141 GB (H200)"), 141},
                    {tr("180 GB (B200)"), 180},
                    {tr("192 GB (MI300X)"), 192}},
                   2, this);
    m_gpus = number("gpus", tr("GPUs"), 64, 1, 1);
    m_gpus->setMinimum(1);
    m_weights =
        choice("weights", {{tr("16 bits"), 16}, {tr("8 bits"), 8}, {tr("4.5 bits"), 4.5}}, 0, this);
    m_format = choice("capacityFormat",
                      {{tr("f16, 16 bits"), 16},
                       {tr("int8, 8.5 bits with scales"), 8.5},
                       {tr("int4, 5 bits with scales"), 5},
                       {tr("KIVI 2-bit, 3.5 bits with scales"), 3.5}},
                      1, this);
    m_context = number("context", tr("Tokens a user has"), 10'000'000, 2000, 1000);
    m_context->setMinimum(1);
    m_longest = number("longest", tr("Tokens reserved without paging"), 10'000'000, 8192, 1024);
    m_shared = number("shared", tr("Of them shared by all users"), 10'000'000, 1000, 500);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->addRow(tr("GPU memory"), m_gpu);
    form->addRow(tr("GPUs"), m_gpus);
    form->addRow(tr("Weights"), m_weights);
    form->addRow(tr("KV format"), m_format);
    form->addRow(tr("Tokens a user has"), m_context);
    form->addRow(tr("of them shared by all"), m_shared);
    form->addRow(tr("reserved without paging"), m_longest);
    layout->addWidget(m_users);
    layout->addWidget(m_figures);
    layout->addLayout(form);
    layout->addSpacing(4);
    layout->addWidget(m_ladder);
    layout->addWidget(m_source);
    layout->addStretch(1);
    return card;
}

llm::Keeping CapacityView::keeping() const
{
    return {.kvBits = m_format->currentData().toDouble(),
            .weightBits = m_weights->currentData().toDouble(),
            .memoryGiB = m_gpu->currentData().toDouble(),
            .gpus = std::uint32_t(m_gpus->value()),
            .context = std::uint64_t(m_context->value()),
            .reserved = 0,
            .sharedPrefix = std::uint64_t(m_shared->value())};
}

void CapacityView::compute()
{
    const int row = std::max(0, m_models->currentRow());
    const llm::KnownModel &model = llm::knownModels()[std::size_t(row)];
    const llm::Keeping all = keeping();
    llm::Keeping plain = all;
    plain.kvBits = 16;
    plain.sharedPrefix = 0;
    plain.reserved = std::uint64_t(m_longest->value());
    llm::Keeping paged = plain;
    paged.reserved = 0;
    llm::Keeping quantised = paged;
    quantised.kvBits = all.kvBits;
    const llm::Capacity capacity = llm::capacityOf(model, all);
    const auto users = [&](const llm::Keeping &how) {
        return double(llm::capacityOf(model, how).users);
    };
    m_ladder->setSteps({{tr("Reserved for the longest, f16"), users(plain)},
                        {tr("Paged: blocks of 16 tokens"), users(paged)},
                        {tr("and quantised"), users(quantised)},
                        {tr("and the shared prefix kept once"), double(capacity.users)}});
    m_users->setText(capacity.roomBytes > 0
                         ? tr("%1 users on %n GPUs", nullptr, m_gpus->value())
                               .arg(countText(double(capacity.users)))
                         : tr("The weights do not fit: %1").arg(sizeText(capacity.weightBytes)));
    m_figures->setText(tr("%1 a token · %2 a user · %3 shared · weights %4 · room for the cache %5 "
                          "(90 % of the memory less the weights)")
                           .arg(sizeText(capacity.bytesPerToken), sizeText(capacity.bytesPerUser),
                                sizeText(capacity.sharedBytes), sizeText(capacity.weightBytes),
                                sizeText(capacity.roomBytes)));
    m_source->setText(tr("%1: %2").arg(text(model.name), text(model.source)));
}

QByteArray CapacityView::toCsv() const
{
    QByteArray out("model,parameters_billion,layers,kv_heads,head_dim,latent_rank,latent_rope,"
                   "window_layers,window,bytes_per_token,bytes_per_user,users,source\n");
    for (const llm::KnownModel &model : llm::knownModels()) {
        const llm::Capacity capacity = llm::capacityOf(model, keeping());
        out += text(model.name).toUtf8() + ',' + QByteArray::number(model.billions) + ',' +
               QByteArray::number(model.layers) + ',' + QByteArray::number(model.kvHeads) + ',' +
               QByteArray::number(model.headDim) + ',' + QByteArray::number(model.latentRank) +
               ',' + QByteArray::number(model.latentRope) + ',' +
               QByteArray::number(model.windowLayers) + ',' + QByteArray::number(model.window) +
               ',' + QByteArray::number(capacity.bytesPerToken, 'f', 0) + ',' +
               QByteArray::number(capacity.bytesPerUser, 'f', 0) + ',' +
               QByteArray::number(qulonglong(capacity.users)) + ",\"" +
               text(model.source).toUtf8() + "\"\n";
    }
    return out;
}

} // namespace kvscope
