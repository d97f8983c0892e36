// LabPage: header, tabs, menus.
#include "widgets/lab/labpage.h"

#include "core/config/paths.h"
#include "widgets/base/dialogs.h"
#include "widgets/base/emptystate.h"
#include "widgets/base/errorbar.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/lab/blockjobs.h"
#include "widgets/lab/capacityview.h"
#include "widgets/lab/decodeview.h"
#include "widgets/lab/experimentmodel.h"
#include "widgets/lab/experimentview.h"
#include "widgets/lab/labcontrols.h"
#include "widgets/lab/labjobs.h"
#include "widgets/lab/replayview.h"
#include "widgets/lab/sidesection.h"

#include <QButtonGroup>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>

namespace kvscope {
namespace {

constexpr std::size_t kFurtherTokens = 100;

} // namespace

LabPage::LabPage(Lab &lab, LabJobs &jobs, QWidget *parent)
    : QWidget(parent), m_lab(lab), m_jobs(jobs), m_errors(new ErrorBar(this)),
      m_model(new QPushButton(this)), m_shape(new QLabel(this)), m_tabs(new QButtonGroup(this)),
      m_tabRow(new QWidget(this)), m_export(new QPushButton(tr("Export"), this)),
      m_views(new QStackedWidget), m_decode(new DecodeView(lab)),
      m_experiments(new ExperimentView(lab, jobs)), m_replay(new ReplayView(lab)),
      m_capacity(new CapacityView), m_empty(new EmptyState), m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("labPage"));
    setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHeader());
    layout->addWidget(m_errors);
    m_stack->addWidget(m_views);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);
    addTab(QStringLiteral("decodeTab"), tr("Decode"), m_decode);
    addTab(QStringLiteral("experimentTab"), tr("Experiments"), m_experiments);
    addTab(QStringLiteral("replayTab"), tr("Serving trace"), m_replay);
    addTab(QStringLiteral("capacityTab"), tr("Capacity"), m_capacity);
    buildExport();
    buildCacheMenu();
    addBlockJobs();
    m_empty->setContent(QStringLiteral("lab"), tr("No model"),
                        tr("No model came with this build. Open a GGUF file of the Llama or Qwen "
                           "family: Llama, TinyLlama, SmolLM2, Qwen2, Qwen3."),
                        tr("Open a model"));
    connect(m_empty, &EmptyState::actionRequested, this, &LabPage::chooseModel);
    wireLab();
    m_shownModel = m_lab.snapshot()->model; // built anew, the page goes on where it was
    takeSnapshot();
}

QWidget *LabPage::buildHeader()
{
    auto *header = new QWidget(this);
    header->setAttribute(Qt::WA_StyledBackground);
    setLook(header, "bar");
    header->setFixedHeight(46);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(14, 0, 12, 0);
    row->setSpacing(8);
    auto *title = new QLabel(tr("Lab"), header);
    setLook(title, "title");
    row->addWidget(title);
    m_model->setObjectName(QStringLiteral("modelButton"));
    m_model->setToolTip(tr("Open another model (a GGUF file)"));
    setLook(m_model, "chip");
    row->addWidget(m_model);
    m_shape->setObjectName(QStringLiteral("modelShape"));
    setLook(m_shape, "chip");
    row->addWidget(m_shape);
    row->addSpacing(8);
    auto *tabs = new QHBoxLayout(m_tabRow);
    tabs->setContentsMargins(0, 0, 0, 0);
    tabs->setSpacing(0);
    row->addWidget(m_tabRow);
    row->addStretch(1);
    m_export->setObjectName(QStringLiteral("labExport"));
    m_export->setIcon(strokeIcon(QStringLiteral("chevron-down")));
    m_export->setIconSize({12, 12});
    m_export->setLayoutDirection(Qt::RightToLeft);
    m_export->setToolTip(tr("Save the page's figures"));
    row->addWidget(m_export);
    connect(m_model, &QPushButton::clicked, this, &LabPage::chooseModel);
    return header;
}

void LabPage::addTab(const QString &objectName, const QString &name, QWidget *view)
{
    auto *button = new QPushButton(name, m_tabRow);
    button->setObjectName(objectName);
    button->setCheckable(true);
    button->setChecked(m_views->count() == 0);
    setLook(button, "segment");
    m_tabs->addButton(button, m_views->count());
    m_tabRow->layout()->addWidget(button);
    m_views->addWidget(view);
    const int index = m_views->count() - 1;
    connect(button, &QPushButton::clicked, this,
            [this, index] { m_views->setCurrentIndex(index); });
    m_tabRow->setVisible(m_views->count() > 1);
}

void LabPage::buildCacheMenu()
{
    QPushButton *button = m_decode->controls().cacheButton();
    auto *menu = new QMenu(button);
    menu->setLayoutDirection(Qt::LeftToRight);
    const QString filter = tr("Saved caches (*.kvcache)");
    QAction *goOn = menu->addAction(tr("Go on for %n tokens", nullptr, int(kFurtherTokens)));
    goOn->setObjectName(QStringLiteral("goOn"));
    connect(goOn, &QAction::triggered, this, [this] { m_lab.run().goOn(kFurtherTokens); });
    QAction *verify = menu->addAction(tr("Verify against a recomputation"));
    verify->setObjectName(QStringLiteral("verifyCache"));
    connect(verify, &QAction::triggered, &m_lab, &Lab::verify);
    menu->addSeparator();
    QAction *save = menu->addAction(tr("Save the cache to a file…"));
    save->setObjectName(QStringLiteral("saveCache"));
    connect(save, &QAction::triggered, this, [this, filter] {
        askSaveFile(this, tr("Save the cache"), QStringLiteral("conversation.kvcache"), filter,
                    [this](const QString &path) { m_lab.save(path); });
    });
    QAction *restore = menu->addAction(tr("Restore a cache from a file…"));
    restore->setObjectName(QStringLiteral("restoreCache"));
    connect(restore, &QAction::triggered, this, [this, filter] {
        askOpenFile(this, tr("Restore a cache"), filter, [this](const QString &path) {
            m_lab.restore(path, m_decode->controls().plan());
        });
    });
    connect(menu, &QMenu::aboutToShow, this, [this, goOn, verify, save] {
        const LabSnapshot &snapshot = *m_lab.snapshot();
        const bool has = !snapshot.tokens.empty();
        // An answer that has ended has nothing behind it.
        const bool isAnswered = snapshot.phase == LabPhase::Done && snapshot.plan &&
                                snapshot.plan->kind == LabPlan::Kind::Chat;
        goOn->setVisible(has && !isAnswered);
        save->setVisible(has);
        // Only what was never evicted from can be computed anew and be the same.
        verify->setVisible(has && snapshot.memory.cells == snapshot.tokens.size());
    });
    button->setMenu(menu);
}

void LabPage::addBlockJobs()
{
    auto *section = m_decode->findChild<SideSection *>(QStringLiteral("prefixSection"));
    auto *jobs = new BlockJobs(m_lab, m_jobs, [this] {
        const llm::Session::Options &session = m_decode->controls().plan().session;
        return llm::KvFormat{session.kv, session.rotation};
    });
    section->body()->addWidget(jobs);
    connect(jobs, &BlockJobs::failed, m_errors,
            [this](const Error &error) { m_errors->showError(error); });
}

void LabPage::wireLab()
{
    connect(&m_lab, &Lab::snapshotTaken, this, &LabPage::takeSnapshot);
    connect(m_experiments, &ExperimentView::measured, this,
            [this] { m_decode->showExperiments(m_experiments->model()); });
    connect(m_replay, &ReplayView::failed, m_errors,
            [this](const Error &error) { m_errors->showError(error); });
    connect(&m_jobs, &LabJobs::failed, m_errors,
            [this](const Error &error) { m_errors->showError(error); });
    connect(&m_lab, &Lab::saved, this, [this](const QString &path, const auto &error) {
        if (error) return m_errors->showError(*error);
        m_errors->showNotice(tr("Saved %1.").arg(path));
    });
    connect(&m_lab, &Lab::restored, this, [this](const QString &path, const auto &error) {
        if (error) return m_errors->showError(*error);
        m_errors->showNotice(tr("Restored %1: decoding can go on where it was.").arg(path));
    });
    connect(&m_lab, &Lab::verified, this, [this](const auto &error, qulonglong differing) {
        if (error) return m_errors->showError(*error);
        m_errors->showNotice(
            differing == 0
                ? tr("Verified: every block equals its recomputation, byte for byte.")
                : tr("%n blocks differ from their recomputation.", nullptr, int(differing)));
    });
}

void LabPage::takeSnapshot()
{
    const LabSnapshot &snapshot = *m_lab.snapshot();
    showModel(snapshot);
    if (snapshot.error != m_shownError) {
        m_shownError = snapshot.error;
        if (m_shownError)
            m_errors->showError(*m_shownError);
        else
            m_errors->clear();
    }
    m_decode->takeSnapshot();
    if (snapshot.model == m_shownModel) return;
    m_shownModel = snapshot.model;
    m_decode->generateExample();
}

void LabPage::showModel(const LabSnapshot &snapshot)
{
    const bool isThere = snapshot.model != nullptr;
    const bool mayCome = snapshot.phase == LabPhase::Loading || !shippedModelPath().isEmpty();
    m_stack->setCurrentIndex(isThere || mayCome ? 0 : 1);
    m_export->setVisible(isThere);
    m_shape->setVisible(isThere);
    m_model->setText(isThere ? QFileInfo(QString::fromStdString(snapshot.modelPath)).fileName()
                     : snapshot.phase == LabPhase::Loading ? tr("loading…")
                                                           : tr("Open a model"));
    if (!isThere) return;
    const llm::ModelShape &shape = snapshot.model->shape();
    m_shape->setText(tr("%1 layers · %2 q / %3 kv heads · head %4")
                         .arg(shape.layers)
                         .arg(shape.heads)
                         .arg(shape.kvHeads)
                         .arg(shape.headDim));
    m_shape->setToolTip(tr("%1, %2 parameters, trained for %3 tokens")
                            .arg(QString::fromStdString(shape.architecture))
                            .arg(snapshot.model->parameters())
                            .arg(shape.context));
}

void LabPage::chooseModel()
{
    askOpenFile(this, tr("Open a model"), tr("Models (*.gguf)"),
                [this](const QString &path) { m_lab.open(path); });
}

void LabPage::keyPressEvent(QKeyEvent *event)
{
    // The page itself has the focus when it was just opened.
    if (event->key() != Qt::Key_Escape || m_views->currentWidget() != m_decode)
        return QWidget::keyPressEvent(event);
    m_lab.run().stop();
    event->accept();
}

void LabPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_wasShown) return;
    m_wasShown = true;
    if (!m_lab.hasModel()) m_lab.open();
}

} // namespace kvscope
