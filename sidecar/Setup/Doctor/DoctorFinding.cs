using System.Text.Json.Serialization;

namespace Sidecar.Setup.Doctor;

/// <summary>How something stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It could not be looked at.</summary>
    [JsonStringEnumMemberName("not_checked")]
    NotChecked,

    /// <summary>It works, and somebody should look at it.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Something does not work.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Area">Data, Mattermost, Settings, Integrations, Sidecar, Plugin.</param>
/// <param name="Check">What was looked at.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Says">What was found, and what that means.</param>
/// <param name="Remedy">How to mend it; null when nothing is to be done.</param>
internal sealed record DoctorFinding(
    string Area,
    string Check,
    Verdict Verdict,
    string Says,
    string? Remedy
);

/// <summary>What the doctor found so far, in one area.</summary>
internal sealed class Findings(string area, List<DoctorFinding> all)
{
    public void Ok(string check, string says) => Add(check, Verdict.Ok, says, null);

    public void Warn(string check, string says, string remedy) =>
        Add(check, Verdict.Warn, says, remedy);

    public void Fail(string check, string says, string remedy) =>
        Add(check, Verdict.Fail, says, remedy);

    public void NotChecked(string check, string says, string? remedy = null) =>
        Add(check, Verdict.NotChecked, says, remedy);

    private void Add(string check, Verdict verdict, string says, string? remedy) =>
        all.Add(new DoctorFinding(area, check, verdict, says, remedy));
}
