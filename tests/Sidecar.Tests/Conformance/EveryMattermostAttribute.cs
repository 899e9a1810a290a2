using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Sidecar.Tests.Conformance;

/// <summary>The servers that every conformance test is run against.</summary>
public enum Under
{
    /// <summary>The stand-in, behaving as Mattermost 5.37.</summary>
    Simulator537,

    /// <summary>The stand-in, behaving as Mattermost 11.6.</summary>
    Simulator116,

    /// <summary>The server that the environment names; skipped when it names none.</summary>
    Real,
}

/// <summary>
/// Runs a test against the stand-in for Mattermost as 5.37 and as 11.6, and against a real server when the environment
/// names one. The whole suite against a real server (on this machine, because it must reach the recorder on loopback):
/// <c>MATTERMOST_URL=http://127.0.0.1:8065 MATTERMOST_ADMIN_TOKEN=… dotnet test tests/Sidecar.Tests --filter "FullyQualifiedName~Conformance"</c>
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryMattermostAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([
            .. Enum.GetValues<Under>()
                .Select(u => new TheoryDataRow<Under>(u)
                {
                    Skip = u is Under.Real ? RealMattermost.WhyNot : null,
                }),
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
