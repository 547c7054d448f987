import type * as z from "zod";
import { Launch } from "../launch/index.ts";
import { Recipe } from "../recipe/index.ts";
import { Task } from "../task/index.ts";
import { Container } from "./view/container.ts";
import { Image, ImageCreate, ImageList } from "./view/image.ts";
import { ImageTag, ImageTagCreate, ImageTagList } from "./view/image-tag.ts";
import { AppInfo, JobInfo, Status } from "./view/info.ts";
import { Job, JobList, StartedJob } from "./view/job.ts";
import { JobCreate, JobStart, JobUpdate } from "./view/job-body.ts";
import { Organisation, Organisations, Owner, User } from "./view/owner.ts";
import { History, JobSummaries, OldPodSummary, PodSummary } from "./view/pod.ts";
import { JobLogs, PodLogs } from "./view/pod-log.ts";
import { RecipeList, RecipeSet } from "./view/recipe.ts";
import { Run, RunDetail, RunList, RunLog } from "./view/run.ts";
import { ServerOptions, Size } from "./view/size.ts";

/** The schemas of bodies under the names that the API document gives them. */
export const requests: Readonly<Record<string, z.ZodType>> = {
  ImageCreate,
  ImageRecipeDocument: Recipe.ImageDocument,
  ImageTagCreate,
  JobCreate,
  JobRecipeDocument: Recipe.JobDocument,
  JobStart,
  JobUpdate,
  RecipeDocument: Recipe.Document,
  TaskReport: Task.Report,
};

/** The schemas of answers under the names that the API document gives them. */
export const answers: Readonly<Record<string, z.ZodType>> = {
  AppInfo,
  ContainerRuntimeSummary: Container,
  HistoricLogList: JobLogs,
  Image,
  ImageList,
  ImageRecipe: Recipe.ImageRecipe,
  ImageTag,
  ImageTagList,
  Job,
  JobList,
  JobRecipe: Recipe.JobRecipe,
  JobRuntimeSummaryList: JobSummaries,
  JobServerInfo: JobInfo,
  JobStarted: StartedJob,
  LivePodSummary: OldPodSummary,
  Org: Organisation,
  OrgList: Organisations,
  Owner,
  PodLogs,
  PodRuntimeSummary: PodSummary,
  Recipe: Recipe.Recipe,
  RecipeList,
  RecipeSet,
  ResourceHistory: History,
  Run,
  RunDetail,
  RunList,
  RunLog,
  ServerOptions,
  Size,
  Status,
  TaskBundle: Launch.Bundle,
  TaskWish: Task.Wish,
  UserDetailed: User,
};
