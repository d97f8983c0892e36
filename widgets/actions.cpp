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
    const QString edit = Words::tr("Edit");
    const auto keys = [](const char *text) { return QString::fromLatin1(text); };
    return {
        {window, Words::tr("Browse keys"), keys("Ctrl+1")},
        {window, Words::tr("Live charts"), keys("Ctrl+2")},
        {window, Words::tr("Connect to a store"), keys("Ctrl+O")},
        {window, Words::tr("Settings"), keys("Ctrl+,")},
        {window, Words::tr("This list"), keys("Ctrl+/")},
        {window, Words::tr("Quit"), keys("Ctrl+Q")},
        {browse, Words::tr("Refresh"), keys("F5") + QStringLiteral(" · ") + keys("Ctrl+R")},
        {browse, Words::tr("Filter keys"), keys("Ctrl+F")},
        {browse, Words::tr("New key"), keys("Ctrl+N")},
        {browse, Words::tr("Rename key"), keys("F2")},
        {browse, Words::tr("Delete key (asks first)"), keys("Del")},
        {edit, Words::tr("Save"), keys("Ctrl+S")},
        {edit, Words::tr("Close the tab"), keys("Ctrl+W")},
        {edit, Words::tr("Next tab"), keys("Ctrl+Tab")},
    };
}

} // namespace kvscope
