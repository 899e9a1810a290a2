using System.Collections.Immutable;
using System.Globalization;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>What is asked for (IMP-1).</summary>
internal enum ImplementationType
{
    ProductionDeployment,
    SimpleToComplex,
    SelfHostedToCloud,
}

/// <summary>What typically calls for an IE-led deployment (IMP-2).</summary>
internal enum SignKind
{
    CloudNotViable,
    LargeOrComplex,
    KubernetesLikely,
    Migration,
}

/// <summary>A sign, whether it holds, and why.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Holds">Null: not enough is known to say.</param>
/// <param name="Why">The reason, as a part of a sentence.</param>
internal sealed record DeploymentSign(SignKind Kind, bool? Holds, string Why);

/// <summary>What is known of a customer that tells how large an instance will be.</summary>
/// <param name="Seats">Purchased; null when nobody knows.</param>
/// <param name="IsNonStandard">Deployed otherwise than the guide says.</param>
internal sealed record KnownSize(long? Seats, bool IsNonStandard);

/// <summary>Reads the signs from what was asked for and what is known (IMP-2).</summary>
internal static class DeploymentSigns
{
    private static readonly ImmutableArray<string> Kubernetes =
    [
        "kubernetes",
        "k8s",
        "k3s",
        "helm",
        "openshift",
        "eks",
        "gke",
        "aks",
        "rancher",
    ];

    private static readonly ImmutableArray<string> SelfHosted =
    [
        "compose",
        "docker",
        "machine image",
        "ami",
        "vm",
        "virtual machine",
        "bare metal",
        "on-prem",
        "on prem",
        "self-hosted",
        "self hosted",
        "air-gapped",
        "air gapped",
    ];

    public static ImmutableArray<DeploymentSign> Of(
        ImplementationType type,
        string method,
        KnownSize size,
        int largeFrom
    ) =>
        [
            Cloud(type, method),
            Large(size, largeFrom),
            Cluster(method),
            type == ImplementationType.ProductionDeployment
                ? new(SignKind.Migration, false, "it is a new production deployment")
                : new(SignKind.Migration, true, type.Label()),
        ];

    public static string Label(this ImplementationType type) =>
        type switch
        {
            ImplementationType.SimpleToComplex => "migration from simple to complex self-hosted",
            ImplementationType.SelfHostedToCloud => "migration from self-hosted to cloud",
            _ => "production deployment",
        };

    public static string Label(this SignKind kind) =>
        kind switch
        {
            SignKind.CloudNotViable => "Cloud is not viable",
            SignKind.LargeOrComplex => "Large or complex instance",
            SignKind.KubernetesLikely => "Kubernetes is likely",
            _ => "Applicable migration",
        };

    private static DeploymentSign Cloud(ImplementationType type, string method) =>
        type == ImplementationType.SelfHostedToCloud
            ? new(SignKind.CloudNotViable, false, "cloud is where they go")
        : Names(method, Kubernetes) || Names(method, SelfHosted)
            ? new(SignKind.CloudNotViable, true, $"“{method}” is expected")
        : Names(method, ["cloud"]) ? new(SignKind.CloudNotViable, false, $"“{method}” is expected")
        : new(
            SignKind.CloudNotViable,
            null,
            method.Length == 0 ? "the deployment method is not known" : $"“{method}” does not tell"
        );

    private static DeploymentSign Large(KnownSize size, int largeFrom) =>
        size.IsNonStandard
            ? new(SignKind.LargeOrComplex, true, "the customer’s deployment is non-standard")
        : size.Seats is { } seats
            ? new(
                SignKind.LargeOrComplex,
                seats >= largeFrom,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{seats:N0} seats purchased, large from {largeFrom:N0} on"
                )
            )
        : new(SignKind.LargeOrComplex, null, "the customer’s seats are not known");

    private static DeploymentSign Cluster(string method) =>
        Names(method, Kubernetes) ? new(SignKind.KubernetesLikely, true, $"“{method}” is expected")
        : method.Length == 0
            ? new(SignKind.KubernetesLikely, null, "the deployment method is not known")
        : new(SignKind.KubernetesLikely, false, $"“{method}” is expected");

    /// <summary>One of the words is in it as a word of its own: <c>VM</c> is not in “VMware Cloud”.</summary>
    private static bool Names(string method, ImmutableArray<string> words) =>
        words.Any(word =>
        {
            for (
                var at = method.IndexOf(word, StringComparison.OrdinalIgnoreCase);
                at >= 0;
                at = method.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase)
            )
            {
                var end = at + word.Length;
                if (
                    (at == 0 || !char.IsLetterOrDigit(method[at - 1]))
                    && (
                        end == method.Length
                        || !char.IsLetterOrDigit(method[end])
                        || (method[end] is 's' or 'S' && end + 1 == method.Length)
                    )
                )
                {
                    return true;
                }
            }

            return false;
        });
}
