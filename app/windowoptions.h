// WindowOptions: what the command line says about the window (contract, The window).
#pragma once

#include "core/base/bytes.h"
#include "core/store/storefactory.h"

#include <QSize>
#include <QString>

#include <optional>

namespace kvscope {

/// Everything optional; an empty member means "as it was last time" or the default.
struct WindowOptions
{
    QString connectUrl; ///< --connect; empty: none asked for
    QString password;   ///< for connectUrl where it has none (KVSCOPE_PASSWORD); never shown
    Access access = Access::ReadWrite;   ///< --read-only
    QString page;                        ///< --page: "browse", "live", "jobs", "lab", or empty
    std::optional<Bytes> openKey;        ///< --open, unescaped
    QString scenario;                    ///< --scenario: one of scenarioNames(), or empty
    QString theme;                       ///< --theme: "light", "dark", "system", or empty
    QString language;                    ///< --lang: "en", "zh_CN", or empty
    QSize size;                          ///< --size; invalid: as it was last time
    QString screenshotPath;              ///< --screenshot; empty: stay open
    double screenshotAfterSeconds = 2.0; ///< --after

    /// True when neither a store nor a workload was asked for: the last profile is opened again or,
    /// on the first start, the engine with the search scenario running.
    bool isPlainStart() const { return connectUrl.isEmpty() && scenario.isEmpty(); }
};

/// Opens the window and runs it until it closes (or its screenshot is written).
/// Returns the process' exit code. Defined in app/application.cpp.
int runWindow(const WindowOptions &options, int &argc, char **argv);

} // namespace kvscope
