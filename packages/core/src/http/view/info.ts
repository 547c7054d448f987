import * as z from "zod";
import type { Image } from "../../image/index.ts";
import { compact } from "../../kit/index.ts";
import type { Platform } from "../../platform.ts";
import { Size as Sizes } from "../../size/index.ts";
import { ImageTag, showImageTag } from "./image-tag.ts";
import { showSize, Size } from "./size.ts";

export const Status = z.strictObject({ status: z.string(), version: z.string() });

export const showStatus = ({ version }: Platform): z.infer<typeof Status> => ({
  status: "ok",
  version,
});

export const AppInfo = z.strictObject({
  cloud_provider: z.string(),
  is_multicluster: z.boolean(),
  allow_deployment_public_access: z.boolean(),
  is_enterprise: z.boolean(),
  customer_name: z.string(),
  stripe_public_key: z.string().nullable(),
  hotjar_user_tracking: z.boolean(),
  version: z.string(),
  auth0: z.strictObject({
    enabled: z.boolean(),
    connections: z.record(z.string(), z.string()),
    disable_native_login: z.boolean(),
  }),
  network_filesystem_enabled: z.boolean(),
  git_repo_clone_dir: z.string(),
  app_serving_domain: z.string(),
  dind_enabled: z.boolean(),
  token_factory_enabled_global: z.boolean(),
  apply_requires_confirm: z.boolean(),
  hide_invitations: z.boolean(),
  populate_examples: z.boolean(),
  whitelabel: z.strictObject({
    enabled: z.boolean(),
    brand_name: z.string(),
    logo_mode: z.string(),
    logo_icon_url: z.string(),
    logo_full_url: z.string(),
    primary_color: z.string(),
    support_email: z.string(),
    website_url: z.string(),
  }),
  hide_resource_creation_bar: z.boolean(),
  user_tracking: z.boolean(),
});

/** What clients may want to know of an installation. Nothing is tracked, sold or branded. */
export const showAppInfo = (platform: Platform): z.infer<typeof AppInfo> => ({
  cloud_provider: platform.cloud,
  is_multicluster: false,
  allow_deployment_public_access: false,
  is_enterprise: true,
  customer_name: "",
  stripe_public_key: null,
  hotjar_user_tracking: false,
  version: platform.version,
  auth0: { enabled: false, connections: {}, disable_native_login: false },
  network_filesystem_enabled: false,
  git_repo_clone_dir: "/home/jovyan/workspace",
  app_serving_domain: new URL(platform.baseUrl).hostname,
  dind_enabled: false,
  token_factory_enabled_global: false,
  apply_requires_confirm: false,
  hide_invitations: true,
  populate_examples: false,
  whitelabel: {
    enabled: false,
    brand_name: "Cassini",
    logo_mode: "icon_and_text",
    logo_icon_url: "",
    logo_full_url: "",
    primary_color: "",
    support_email: "",
    website_url: "",
  },
  hide_resource_creation_bar: false,
  user_tracking: false,
});

const perHardware = <T extends z.ZodType>(of: T) =>
  z.strictObject({ CPU: of.optional(), NVIDIA: of.optional(), AMD: of.optional() });

/** What a form for a new job offers, and what it proposes for each kind of hardware. */
export const JobInfo = z.strictObject({
  server_options: z.strictObject({ size: z.array(Size) }),
  default_images: perHardware(ImageTag),
  default_sizes: perHardware(Size),
});

export function showJobInfo(
  images: Readonly<Partial<Record<Sizes.HardwareType, Image.Default>>>,
  platform: Platform,
): z.infer<typeof JobInfo> {
  const proposed = (hardware: Sizes.HardwareType) => {
    const size = Sizes.proposed(platform.sizes, hardware);
    return size && showSize(size, platform);
  };
  const image = (hardware: Sizes.HardwareType) => {
    const known = images[hardware];
    return known && showImageTag(known);
  };
  const each = <T>(of: (hardware: Sizes.HardwareType) => T | undefined) =>
    compact({ CPU: of("CPU"), NVIDIA: of("NVIDIA"), AMD: of("AMD") });
  return {
    server_options: { size: platform.sizes.map((size) => showSize(size, platform)) },
    default_images: each(image),
    default_sizes: each(proposed),
  };
}
