// BindingList: two lines a binding, and where the files lie.
#include "widgets/jobs/bindinglist.h"

#include "core/async/errortext.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/jobpaint.h"
#include "widgets/jobs/jobwords.h"

#include <QDir>
#include <QEvent>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QTextLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kRowHeight = 57;
constexpr int kProblemTop = 30;
constexpr int kAccentBar = 2;

class RowDelegate final : public QStyledItemDelegate
{
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QString problem = index.data(BindingListModel::ProblemRole).toString();
        if (problem.isEmpty()) return {120, kRowHeight};
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        const int width = view ? view->viewport()->width() : 0;
        const int lines = firstLine(problem, width) < problem.size() ? 3 : 2;
        return {120, kProblemTop + lines * lineHeight() + 10};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const ThemeTokens &t = theme();
        jobpaint::background(*painter, option);
        const QRect rect = option.rect;
        if (option.state & QStyle::State_Selected)
            painter->fillRect(QRect(rect.left(), rect.top(), kAccentBar, rect.height()), t.accent);
        const QString problem = index.data(BindingListModel::ProblemRole).toString();
        const QRect upper(rect.left(), rect.top() + 8, rect.width(), 22);
        const QRect lower(rect.left(), rect.top() + 28, rect.width(), 22);
        QRect name = upper;
        const QString rows = index.data(BindingListModel::RowsRole).toString();
        if (problem.isEmpty() && !rows.isEmpty()) {
            const QFont figures = monoFont();
            jobpaint::text(*painter, upper, rows, figures, t.muted,
                           Qt::AlignRight | Qt::AlignVCenter);
            name.setRight(upper.right() - QFontMetrics(figures).horizontalAdvance(rows) - 12);
        }
        QFont bold = uiFont();
        bold.setWeight(QFont::DemiBold);
        jobpaint::text(*painter, name, index.data().toString(), bold,
                       problem.isEmpty() ? t.text : t.muted);
        if (!problem.isEmpty()) return paintProblem(*painter, rect, index);
        jobpaint::text(*painter, lower, index.data(BindingListModel::KeyRole).toString(),
                       monoFont(), t.muted);
        if (!index.data(BindingListModel::RunningRole).toBool()) return;
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.accent);
        painter->drawEllipse(QPointF(rect.right() - 16, lower.center().y() + 0.5), 3.5, 3.5);
        painter->setRenderHint(QPainter::Antialiasing, false);
    }

  private:
    static int lineHeight() { return QFontMetrics(uiFont(12)).height() + 1; }

    // How much of a text the first line takes in a row of that width.
    static qsizetype firstLine(const QString &text, int rowWidth)
    {
        QTextLayout layout(text, uiFont(12));
        layout.beginLayout();
        QTextLine first = layout.createLine();
        first.setLineWidth(std::max(rowWidth - 2 * jobpaint::kCellMargin, 80));
        layout.endLayout();
        return first.textLength();
    }

    // What is wrong, on two lines at most, and what to do about it.
    static void paintProblem(QPainter &painter, const QRect &rect, const QModelIndex &index)
    {
        const ThemeTokens &t = theme();
        const bool usable = index.data(BindingListModel::UsableRole).toBool();
        const QFont font = uiFont(12);
        const QString problem = index.data(BindingListModel::ProblemRole).toString();
        const int height = lineHeight();
        const auto length = firstLine(problem, rect.width());
        const auto line = [&](int at, const QString &text, const QColor &color) {
            const QRect place(rect.left(), rect.top() + kProblemTop + at * height, rect.width(),
                              height);
            jobpaint::text(painter, place, text, font, color);
        };
        line(0, problem.left(length).trimmed(), usable ? t.warning : t.bad);
        const QString rest = problem.mid(length);
        if (!rest.isEmpty()) line(1, rest, usable ? t.warning : t.bad);
        line(rest.isEmpty() ? 1 : 2, index.data(BindingListModel::RemedyRole).toString(), t.muted);
    }
};

} // namespace

// The row says which binding; the member and the reason are enough.
QString BindingListModel::problemOf(const Error &error)
{
    if (error.code() != ErrorCode::InvalidBinding) return errorText(error).cause;
    if (error.parameter(0) == QLatin1String("{}")) return tr("It %1").arg(error.parameter(1));
    return tr("“%1” %2").arg(error.parameter(0), error.parameter(1));
}

QString BindingListModel::remedyOf(const Error &error, const QString &file)
{
    if (error.code() == ErrorCode::InvalidBinding)
        return tr("Enter opens %1 to mend it.").arg(file);
    return errorText(error).remedy;
}

void BindingListModel::setItems(const std::vector<BindingShelf::Item> &items)
{
    beginResetModel();
    m_rows.clear();
    QHash<QString, QString> names; // the file of each
    for (const BindingShelf::Item &item : items) {
        Row row{item.path, item.name(), {}, {}, {}, item.binding.has_value()};
        if (!item.binding) {
            row.problem = problemOf(item.binding.error());
            row.remedy = remedyOf(item.binding.error(), item.fileName());
        } else if (names.contains(row.name)) {
            row.problem = tr("“%1” has a binding of this name, too.").arg(names.value(row.name));
            row.remedy = tr("Give one of them another name.");
        } else if (item.fault) {
            const ErrorText text = errorText(*item.fault);
            row.problem = text.cause;
            row.remedy = text.remedy;
        }
        if (item.binding) row.key = QString::fromStdString(item.binding->key.text());
        if (!names.contains(row.name)) names.insert(row.name, item.fileName());
        m_rows.push_back(std::move(row));
    }
    endResetModel();
}

void BindingListModel::setRowCounts(const QHash<QString, std::int64_t> &counts)
{
    if (counts == m_counts) return;
    m_counts = counts;
    if (!m_rows.empty()) emit dataChanged(index(0), index(rowCount() - 1));
}

void BindingListModel::setRunning(const QStringList &bindingNames)
{
    if (bindingNames == m_running) return;
    m_running = bindingNames;
    if (!m_rows.empty()) emit dataChanged(index(0), index(rowCount() - 1));
}

QModelIndex BindingListModel::indexOf(const QString &path) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].path == path) return index(static_cast<int>(i));
    return {};
}

QModelIndex BindingListModel::firstUsable() const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].problem.isEmpty()) return index(static_cast<int>(i));
    return m_rows.empty() ? QModelIndex() : index(0);
}

int BindingListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant BindingListModel::data(const QModelIndex &index, int role) const
{
    const auto at = static_cast<std::size_t>(index.row());
    if (!index.isValid() || at >= m_rows.size()) return {};
    const Row &row = m_rows[at];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::ToolTipRole:
        return row.problem.isEmpty()
                   ? row.path
                   : QStringList{row.problem, row.remedy, row.path}.join(QLatin1Char('\n'));
    case Qt::AccessibleTextRole:
        return row.name + QStringLiteral(", ") +
               (row.problem.isEmpty() ? row.key : row.problem + QLatin1Char(' ') + row.remedy);
    case PathRole:
        return row.path;
    case KeyRole:
        return row.key;
    case RowsRole: {
        const auto found = m_counts.constFind(row.name);
        return found == m_counts.cend() ? QString() : countText(*found);
    }
    case ProblemRole:
        return row.problem;
    case RemedyRole:
        return row.remedy;
    case UsableRole:
        return row.usable;
    case RunningRole:
        return m_running.contains(row.name);
    default:
        return {};
    }
}

BindingList::BindingList(QWidget *parent)
    : QFrame(parent), m_model(new BindingListModel(this)), m_title(new QLabel(this)),
      m_new(new QPushButton(this)), m_view(new QListView(this)), m_footer(new QLabel(this)),
      m_folder(new QToolButton(this))
{
    setObjectName(QStringLiteral("bindingList"));
    setLook(this, "panel");
    setLook(m_title, "title");
    m_new->setObjectName(QStringLiteral("newBinding"));
    m_new->setAutoDefault(false);
    auto *bar = new QFrame(this);
    setLook(bar, "bar");
    auto *head = new QHBoxLayout(bar);
    head->setContentsMargins(12, 8, 12, 8);
    head->addWidget(m_title, 1);
    head->addWidget(m_new);

    m_view->setObjectName(QStringLiteral("bindingView"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new RowDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setResizeMode(QListView::Adjust); // what is wrong takes as many lines as it needs

    m_footer->setObjectName(QStringLiteral("bindingFooter"));
    m_footer->setFont(uiFont(12));
    m_footer->setTextFormat(Qt::PlainText);
    m_footer->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setLook(m_footer, "muted");
    m_folder->setObjectName(QStringLiteral("bindingFolder"));
    m_folder->setIcon(strokeIcon(QStringLiteral("folder")));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 4, 8, 4);
    foot->addWidget(m_footer, 1);
    foot->addWidget(m_folder);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_view, 1);
    layout->addLayout(foot);

    connect(m_new, &QPushButton::clicked, this, &BindingList::newRequested);
    connect(m_folder, &QToolButton::clicked, this, &BindingList::folderRequested);
    connect(m_view, &QListView::activated, this, [this](const QModelIndex &index) {
        emit editRequested(index.data(BindingListModel::PathRole).toString());
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (index.isValid())
                    emit bindingChosen(index.data(BindingListModel::PathRole).toString());
            });
    retranslate();
}

void BindingList::show(const BindingShelf &folder)
{
    const QString before = chosen();
    {
        // The choice is made anew below; what comes between is nobody's wish.
        const QSignalBlocker quiet(m_view->selectionModel());
        m_model->setItems(folder.items());
    }
    m_path = folder.folder();
    m_valid = folder.validCount();
    m_all = static_cast<int>(folder.items().size());
    m_fault = folder.folderFault();
    showFooter();
    QModelIndex index = m_model->indexOf(before);
    if (!index.isValid()) index = m_model->firstUsable();
    if (index.isValid()) {
        m_view->setCurrentIndex(index);
        emit bindingChosen(index.data(BindingListModel::PathRole).toString());
    } else {
        emit bindingChosen({});
    }
    m_view->viewport()->update();
}

void BindingList::choose(const QString &path)
{
    const QModelIndex index = m_model->indexOf(path);
    if (index.isValid()) m_view->setCurrentIndex(index);
}

QString BindingList::chosen() const
{
    return m_view->currentIndex().data(BindingListModel::PathRole).toString();
}

void BindingList::showFooter()
{
    const QString name = QDir(m_path).dirName();
    m_footer->setToolTip(m_path);
    if (m_fault) {
        m_footer->setText(name + QStringLiteral(" · ") + tr("can't be read"));
        m_footer->setToolTip(errorLine(*m_fault));
        return;
    }
    const int invalid = m_all - m_valid;
    QString text = name + QStringLiteral(" · ") + tr("%n valid", nullptr, m_valid);
    if (invalid > 0) text += QStringLiteral(", ") + tr("%n can't be used", nullptr, invalid);
    m_footer->setText(text);
}

void BindingList::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void BindingList::retranslate()
{
    m_title->setText(tr("Bindings"));
    m_new->setText(tr("+ New"));
    m_new->setToolTip(tr("Tie a table to keys (Ctrl+N)"));
    m_view->setAccessibleName(tr("Bindings"));
    m_folder->setToolTip(tr("Where the binding files lie…"));
    m_folder->setAccessibleName(tr("Folder of the bindings"));
    if (!m_path.isEmpty()) showFooter();
}

// A focus proxy would do the same, and Tab would pass by what stands before it.
void BindingList::focusInEvent(QFocusEvent *event)
{
    m_view->setFocus(event->reason());
}

} // namespace kvscope
