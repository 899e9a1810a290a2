using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Setup.Doctor;

/// <summary>What the doctor found, for people at a terminal, for logs, and as JSON for machines.</summary>
internal static class DoctorReport
{
    private const string Reset = "\e[0m";

    public static void Write(IReadOnlyList<DoctorFinding> findings, TextWriter output, bool colours)
    {
        var area = "";
        var width = findings.Select(f => f.Check.Length).DefaultIfEmpty().Max();
        foreach (var finding in findings)
        {
            if (finding.Area != area)
            {
                area = finding.Area;
                output.WriteLine(area);
            }

            var word = Word(finding.Verdict);
            var (on, off) = colours ? (Colour(finding.Verdict), Reset) : ("", "");
            output.WriteLine($"  {on}{word}{off}  {finding.Check.PadRight(width)}  {finding.Says}");
            if (finding.Remedy is { } remedy)
            {
                output.WriteLine($"        {new string(' ', width)}  > {remedy}");
            }
        }

        output.WriteLine();
        output.WriteLine(Summary(findings));
    }

    public static void WriteJson(
        IReadOnlyList<DoctorFinding> findings,
        DateTimeOffset at,
        TextWriter output
    ) =>
        output.WriteLine(
            JsonSerializer.Serialize(
                new ChartDocument(ProductVersion.Current, at, Worst(findings), findings),
                ChartJson.Default.ChartDocument
            )
        );

    /// <summary>Something does not work.</summary>
    public static bool HasFailure(IReadOnlyList<DoctorFinding> findings) =>
        findings.Any(f => f.Verdict == Verdict.Fail);

    private static Verdict Worst(IReadOnlyList<DoctorFinding> findings) =>
        findings.Select(f => f.Verdict).DefaultIfEmpty().Max();

    private static string Summary(IReadOnlyList<DoctorFinding> findings)
    {
        var parts = findings
            .GroupBy(f => f.Verdict)
            .OrderByDescending(g => g.Key)
            .Select(g => $"{g.Count()} {Word(g.Key).Trim()}");
        return string.Join(", ", parts);
    }

    private static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Ok => "ok  ",
            Verdict.Warn => "warn",
            Verdict.Fail => "FAIL",
            _ => "?   ",
        };

    private static string Colour(Verdict verdict) =>
        verdict switch
        {
            Verdict.Ok => "\e[32m",
            Verdict.Warn => "\e[33m",
            Verdict.Fail => "\e[1;31m",
            _ => "\e[2m",
        };
}

/// <summary>The doctor's findings as machines read them.</summary>
/// <param name="Version">This program's.</param>
/// <param name="At">When it looked, UTC.</param>
/// <param name="Worst">The worst verdict of all.</param>
/// <param name="Findings">All of them, in order.</param>
internal sealed record ChartDocument(
    string Version,
    DateTimeOffset At,
    Verdict Worst,
    IReadOnlyList<DoctorFinding> Findings
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true
)]
[JsonSerializable(typeof(ChartDocument))]
internal sealed partial class ChartJson : JsonSerializerContext;
