// Actions: the table of shortcuts.
#include "widgets/actions.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Shortcuts)
};

} // namespace

std::vector<Shortcut> shortcuts()
{
    const QString window = Words::tr("Window");
    const QString browse = Words::tr("Browse");
    const QString jobs = Words::tr("Jobs");
    const QString edit = Words::tr("Edit");
    const QString live = Words::tr("Live");
    const QString lab = Words::tr("Lab");
    const QString value = QCoreApplication::translate("kvscope::CodeEditor", "Text of the value");
    const auto keys = [](const char *text) { return QString::fromUtf8(text); };
    return {
        {window, Words::tr("Browse keys"), keys("Ctrl+1")},
        {window, Words::tr("Live charts"), keys("Ctrl+2")},
        {window, Words::tr("Bindings and jobs"), keys("Ctrl+3")},
        {window, Words::tr("Lab"), keys("Ctrl+4")},
        {window, Words::tr("Connect to a store"), keys("Ctrl+O")},
        {window, Words::tr("Settings"), keys("Ctrl+,")},
        {window, Words::tr("This list"), keys("Ctrl+/")},
        {window, Words::tr("Quit"), keys("Ctrl+Q")},
        {browse, Words::tr("Refresh"), keys("F5") + QStringLiteral(" · ") + keys("Ctrl+R")},
        {browse, Words::tr("Filter keys"), keys("Ctrl+F")},
        {browse, Words::tr("New key"), keys("Ctrl+N")},
        {browse, Words::tr("Rename key"), keys("F2")},
        {browse, Words::tr("Delete key (asks first)"), keys("Del")},
        {browse, Words::tr("Open in a tab of its own"), keys("Ctrl+Return")},
        {browse, Words::tr("Copy the name"), keys("Ctrl+C")},
        {jobs, Words::tr("New binding"), keys("Ctrl+N")},
        {jobs, Words::tr("Check the binding"), keys("F9")},
        {jobs, Words::tr("Repair what is selected, report of a run"), keys("Return")},
        {edit, Words::tr("Save"), keys("Ctrl+S")},
        {edit, Words::tr("Close the tab"), keys("Ctrl+W")},
        {edit, Words::tr("Next tab"), keys("Ctrl+Tab")},
        {edit, value, keys("F6")},
        {edit, Words::tr("Find in the text"), keys("Ctrl+F")},
        {edit, Words::tr("Edit the chosen member"), keys("F2")},
        {edit, Words::tr("Remove the chosen member"), keys("Del")},
        {live, Words::tr("Hold the charts still"), keys("Space")},
        {live, Words::tr("Pan, zoom"), keys("← → + −")},
        {live, Words::tr("Follow the newest again"), keys("Home")},
        {lab, Words::tr("Decode one token"), keys("F10")},
        {lab, Words::tr("Stop decoding"), keys("Esc")},
        {lab, Words::tr("Look at a cell, pin it, evict it"), keys("Return · P · Del")},
    };
}

} // namespace kvscope
