// BindingEditor: form and text in step, a preview that follows.
#include "widgets/jobs/bindingeditor.h"

#include "core/async/errortext.h"
#include "core/binding/bindingproposal.h"
#include "widgets/base/dialogs.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/bindingform.h"
#include "widgets/jobs/previewpanel.h"
#include "widgets/jobs/sourcebrowser.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kTypingPauseMs = 300;

Bytes textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Indented).toStdString();
}

} // namespace

BindingEditor::BindingEditor(JobDesk &desk, const std::optional<BindingShelf::Item> &item,
                             QWidget *parent)
    : QWidget(parent), m_desk(desk), m_path(item ? item->path : QString()),
      m_folder(item ? QFileInfo(item->file).absolutePath() : desk.bindings().folder()),
      m_title(new QLabel(this)), m_problem(new QLabel(this)), m_cancel(new QPushButton(this)),
      m_save(new QPushButton(this)), m_form(new BindingForm(this)), m_tabs(new QTabWidget(this)),
      m_preview(new PreviewPanel(desk.target(), this)), m_browser(new SourceBrowser(this)),
      m_text(new QPlainTextEdit(this)), m_later(new QTimer(this))
{
    setObjectName(QStringLiteral("bindingEditor"));
    build();
    m_title->setText(item ? tr("Edit %1").arg(item->name()) : tr("New binding"));
    m_later->setSingleShot(true);
    m_later->setInterval(kTypingPauseMs);
    connect(m_later, &QTimer::timeout, this, &BindingEditor::preview);
    connect(m_form, &BindingForm::edited, this, &BindingEditor::takeForm);
    connect(m_text, &QPlainTextEdit::textChanged, this, &BindingEditor::takeText);
    connect(m_form, &BindingForm::testRequested, this, [this] {
        m_form->showConnection(tr("Connecting…"), false);
        m_browser->open(m_form->source(), m_folder);
    });
    connect(m_browser, &SourceBrowser::connected, this, [this](const Result<int> &tables) {
        if (!tables) return m_form->showConnection(errorLine(tables.error()), false);
        m_form->showConnection(tr("Connected: %n tables", nullptr, *tables), true);
        m_tabs->setCurrentWidget(m_browser);
        if (m_form->isAtTest()) m_browser->setFocus();
    });
    connect(m_browser, &SourceBrowser::proposed, this, &BindingEditor::propose);
    connect(m_preview, &PreviewPanel::judged, this,
            [this](const std::optional<BindingProblem> &problem) {
                if (problem) showProblem(problem->error, problem->member);
            });
    connect(m_cancel, &QPushButton::clicked, this, &BindingEditor::askClose);
    connect(m_save, &QPushButton::clicked, this, &BindingEditor::save);
    auto *saveKey = new QShortcut(QKeySequence::Save, this);
    saveKey->setContext(Qt::WidgetWithChildrenShortcut);
    connect(saveKey, &QShortcut::activated, this, &BindingEditor::save);
    if (item)
        setText(item->text);
    else
        setText("{\n}\n");
    m_dirty = false;
    judge();
    setFocusProxy(m_form->findChild<QWidget *>(QStringLiteral("nameField")));
}

void BindingEditor::build()
{
    auto *bar = new QFrame(this);
    setLook(bar, "bar");
    auto *head = new QHBoxLayout(bar);
    head->setContentsMargins(12, 8, 12, 8);
    head->setSpacing(8);
    setLook(m_title, "heading");
    m_title->setTextFormat(Qt::PlainText);
    m_problem->setObjectName(QStringLiteral("bindingProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_problem->setFont(uiFont(12));
    m_cancel->setObjectName(QStringLiteral("cancelBinding"));
    m_cancel->setText(tr("Cancel"));
    m_save->setObjectName(QStringLiteral("saveBinding"));
    m_save->setText(tr("Save"));
    m_save->setToolTip(tr("Writes the binding's file (Ctrl+S)"));
    setLook(m_save, "primary");
    head->addWidget(m_title);
    head->addWidget(m_problem, 1);
    head->addWidget(m_cancel);
    head->addWidget(m_save);

    auto *scroll = new QScrollArea(this);
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    setLook(m_form, "panel");
    m_text->setObjectName(QStringLiteral("bindingText"));
    m_text->setAccessibleName(tr("The binding's file"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    setLook(m_text, "mono");
    m_tabs->setObjectName(QStringLiteral("bindingTabs"));
    m_tabs->addTab(m_preview, tr("Preview"));
    m_tabs->addTab(m_browser, tr("Tables"));
    m_tabs->addTab(m_text, tr("JSON"));
    auto *splitter = new QSplitter(this);
    splitter->addWidget(scroll);
    splitter->addWidget(m_tabs);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    scroll->setMinimumWidth(300);
    m_tabs->setMinimumWidth(240);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(splitter, 1);
}

void BindingEditor::setText(const Bytes &json)
{
    m_writing = true;
    m_text->setPlainText(QString::fromStdString(json));
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    if (document.isObject()) m_form->setObject(document.object());
    m_writing = false;
}

void BindingEditor::takeForm()
{
    if (m_writing) return;
    m_writing = true;
    m_text->setPlainText(QString::fromStdString(textOf(m_form->object())));
    m_writing = false;
    m_dirty = true;
    judge();
}

void BindingEditor::takeText()
{
    if (m_writing) return;
    m_dirty = true;
    const QJsonDocument document = QJsonDocument::fromJson(m_text->toPlainText().toUtf8());
    // Text that is half typed leaves the fields as they are.
    if (document.isObject()) {
        m_writing = true;
        m_form->setObject(document.object());
        m_writing = false;
    }
    judge();
}

void BindingEditor::judge()
{
    const auto binding = Binding::parse(m_text->toPlainText().toStdString());
    m_isValid = binding.has_value();
    m_form->clearProblems();
    m_problem->clear();
    m_save->setEnabled(m_isValid && (m_dirty || m_path.isEmpty()));
    if (binding) return m_later->start();
    m_later->stop();
    // An empty form needs no scolding.
    if (m_dirty || !m_path.isEmpty()) showProblem(binding.error(), memberOf(binding.error(), {}));
    m_preview->showNote(tr("Once the binding is complete, its first rows are shown here with the "
                           "entries they would become and what the store holds for them now."));
}

void BindingEditor::showProblem(const Error &error, const QString &member)
{
    const bool invalid = error.code() == ErrorCode::InvalidBinding;
    const QString sentence = invalid ? error.parameter(1) : errorLine(error);
    const bool placed = m_form->showProblem(member, sentence);
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, theme().bad);
    m_problem->setPalette(palette);
    m_problem->setText(placed ? QString() : errorLine(error));
}

void BindingEditor::preview()
{
    auto binding = Binding::parse(m_text->toPlainText().toStdString());
    if (!binding) return;
    binding->folder = m_folder;
    m_preview->show(*binding);
}

void BindingEditor::propose(const SourceTable &table)
{
    const Binding binding = proposeBinding(m_browser->url(), table);
    setText(binding.toJson());
    m_dirty = true;
    m_tabs->setCurrentWidget(m_preview);
    judge();
}

void BindingEditor::save()
{
    if (!m_save->isEnabled()) return;
    const auto binding = Binding::parse(m_text->toPlainText().toStdString());
    if (!binding) return;
    for (const BindingShelf::Item &item : m_desk.bindings().items()) {
        if (item.path == m_path || item.name() != binding->name) continue;
        showProblem(Error(ErrorCode::InvalidBinding,
                          {QStringLiteral("name"), tr("is the name of another binding here")}),
                    QStringLiteral("name"));
        return;
    }
    m_save->setEnabled(false);
    m_desk.bindings().save(m_path, *binding,
                           m_lifetime.guard([this](const Result<QString> &written) {
                               if (!written) {
                                   m_save->setEnabled(true);
                                   return showProblem(written.error(), {});
                               }
                               m_savedPath = *written;
                               m_dirty = false;
                               emit closed();
                           }));
}

void BindingEditor::askClose()
{
    if (!m_dirty) return emit closed();
    askConfirmation(this,
                    {.objectName = QStringLiteral("confirmDiscard"),
                     .title = tr("Discard the changes?"),
                     .text = tr("The binding's file stays as it was."),
                     .confirmText = tr("Discard"),
                     .destructive = true},
                    [this](bool yes) {
                        if (yes) emit closed();
                    });
}

void BindingEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) return askClose();
    QWidget::keyPressEvent(event);
}

} // namespace kvscope
