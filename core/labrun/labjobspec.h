// LabJobSpec: the lab's jobs, made ready for the queue: KV blocks warmed and checked, experiments.
#pragma once

#include "core/jobs/jobqueue.h"
#include "core/labrun/blockcheckjob.h"
#include "core/labrun/blockwarmjob.h"
#include "core/labrun/labexperiment.h"

namespace kvscope {

inline constexpr const char *kBlockWarmJob = "kv-warm";
inline constexpr const char *kBlockCheckJob = "kv-check";
inline constexpr const char *kExperimentJob = "lab-experiment";

JobSpec blockWarmSpec(BlockWarmOptions options);
JobSpec blockCheckSpec(BlockCheckOptions options);
/// Its report holds the table. `told` runs on the job's thread. `modelName` is for people.
JobSpec experimentSpec(ExperimentPlan plan, const QString &modelName, ExperimentTold told);

/// For jobs that touch no store of a person's: an empty engine of their own.
MakeStore makeScratchStore();

} // namespace kvscope
