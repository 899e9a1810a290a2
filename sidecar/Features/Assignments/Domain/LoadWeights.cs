using Sidecar.Features.Escalations.Domain;
using Sidecar.Settings;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>
/// How much each piece of work counts when people’s loads are compared (MET-5), in points: the sum over what somebody
/// has is their load. Part of the section <c>assignments</c>.
/// </summary>
internal sealed record LoadWeights
{
    private const int Most = 100;

    /// <summary>An assignment as engineer.</summary>
    public int Assignment { get; set; } = 3;

    /// <summary>An assignment as back-up.</summary>
    public int BackUp { get; set; } = 1;

    /// <summary>An open escalation that they own.</summary>
    public int Sev1 { get; set; } = 8;
    public int Sev2 { get; set; } = 4;
    public int Sev3 { get; set; } = 2;
    public int Sev4 { get; set; } = 1;

    /// <summary>A check-in due this week.</summary>
    public int CheckIn { get; set; } = 1;

    /// <summary>
    /// When somebody is sought for a customer: each hour of a working day that they do not share with the CE, and each
    /// that they do not share with the customer (ASG-12).
    /// </summary>
    public int MissingHour { get; set; } = 1;

    public int Of(Severity severity) =>
        severity switch
        {
            Severity.Sev1 => Sev1,
            Severity.Sev2 => Sev2,
            Severity.Sev3 => Sev3,
            _ => Sev4,
        };

    public IEnumerable<SettingProblem> Problems() =>
        from weight in new[]
        {
            ("assignment", Assignment),
            ("backUp", BackUp),
            ("sev1", Sev1),
            ("sev2", Sev2),
            ("sev3", Sev3),
            ("sev4", Sev4),
            ("checkIn", CheckIn),
            ("missingHour", MissingHour),
        }
        where weight.Item2 is < 0 or > Most
        select new SettingProblem(
            $"load.{weight.Item1}",
            $"{weight.Item2} can’t be; write 0 to {Most}"
        );
}
