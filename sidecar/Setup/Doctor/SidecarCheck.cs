using System.Text.Json;
using Sidecar.Mattermost;

namespace Sidecar.Setup.Doctor;

/// <summary>The sidecar's own health, asked at its public address from here.</summary>
internal static class SidecarCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task Run(DoctorContext patient, Findings findings, CancellationToken cancel)
    {
        var secrets = patient.Secrets!;
        if (PlainAddress.Is(secrets.PublicUrl))
        {
            findings.Warn(
                "encryption",
                $"{secrets.PublicUrl}: {PlainAddress.PublicMeans}",
                PlainAddress.PublicRemedy
            );
        }

        using var http = patient.Seams.Network is { } network
            ? new HttpClient(network, disposeHandler: false)
            : new HttpClient(MattermostNetwork.Handler());
        http.Timeout = Patience;
        var answered = await Ask(http, "/healthz", patient, findings, cancel);
        var ready = await Ask(http, "/readyz", patient, findings, cancel);
        if (ready is { } said)
        {
            patient.Serves ??= said.Text("installation");
            Delivery(said, findings);
        }

        if (answered is null && !patient.MadeRoundTrip)
        {
            await AtTheDefault(http, patient, findings, cancel);
        }

        Serves(patient, findings);
    }

    /// <returns>What it says; null when nobody says anything.</returns>
    private static async Task<SidecarSays?> Ask(
        HttpClient http,
        string path,
        DoctorContext patient,
        Findings findings,
        CancellationToken cancel
    )
    {
        var address = PublicAddress.Of(patient.Secrets!.PublicUrl, path);
        try
        {
            using var answer = await http.GetAsync(new Uri(address), cancel);
            var said = SidecarSays.Of(await AnswerBody.Read(answer.Content, cancel));
            if (answer.IsSuccessStatusCode)
            {
                findings.Ok(path, "well");
            }
            else
            {
                findings.Fail(
                    path,
                    $"{(int)answer.StatusCode} {said.Text("status") ?? answer.ReasonPhrase}",
                    "See the checks of the store and the disk here, and the sidecar's log."
                );
            }

            return said;
        }
        catch (Exception failed) when (!cancel.IsCancellationRequested)
        {
            Unreached(path, address, NetworkReason.Of(failed), patient, findings);
            return null;
        }
    }

    /// <summary>Whether what is said to Mattermost gets there.</summary>
    private static void Delivery(SidecarSays said, Findings findings)
    {
        const string check = "delivery";
        var waiting = said.Text("delivery", "waiting") ?? "some";
        switch (said.Text("delivery", "state"))
        {
            case "held":
                findings.Warn(
                    check,
                    $"{waiting} message(s) wait: Mattermost, or something in front of it, asked for a pause; the next try is at {said.Text("delivery", "heldUntil")}",
                    "If it comes again and again: raise Mattermost's RateLimitSettings, or the limit of a proxy before it, or lower run --requests-per-second."
                );
                break;
            case "failing":
                findings.Warn(
                    check,
                    $"{waiting} message(s) wait, the oldest since {said.Text("delivery", "oldestSince")}: several tries in a row got no answer of Mattermost's",
                    "See the checks of Mattermost here, and the sidecar's log, which names the reason."
                );
                break;
            case "locked-out":
                findings.Fail(
                    check,
                    $"{waiting} message(s) wait since {said.Text("delivery", "lockedOutSince")}: Mattermost does not accept the token that the running sidecar has",
                    "Run install again and start the sidecar again."
                );
                break;
            case "flowing":
                findings.Ok(check, $"{waiting} message(s) on their way");
                break;
        }
    }

    /// <summary>Perhaps it runs, and listens where nobody told Mattermost to look.</summary>
    private static async Task AtTheDefault(
        HttpClient http,
        DoctorContext patient,
        Findings findings,
        CancellationToken cancel
    )
    {
        var elsewhere = patient.Seams.DefaultAddress;
        if (elsewhere.Authority == patient.Secrets!.PublicUrl.Authority)
        {
            return;
        }

        SidecarSays said;
        try
        {
            using var answer = await http.GetAsync(
                new Uri(PublicAddress.Of(elsewhere, "/readyz")),
                cancel
            );
            said = SidecarSays.Of(await AnswerBody.Read(answer.Content, cancel));
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return;
        }

        if (said.Text("version") is not null && said.Text("delivery", "state") is not null)
        {
            patient.Serves ??= said.Text("installation");
            findings.Warn(
                "address",
                $"a sidecar listens at {elsewhere}, but Mattermost was told to look at {patient.Secrets.PublicUrl}",
                $"Tell Mattermost where it is: {CommandNames.Install} --data {patient.File.Directory} --public-url <its address as Mattermost reaches it>; or let it listen there: {CommandNames.Run} --data {patient.File.Directory} --urls {patient.Secrets.PublicUrl.GetLeftPart(UriPartial.Authority)}"
            );
        }
    }

    /// <summary>A process keeps what it read when it started.</summary>
    private static void Serves(DoctorContext patient, Findings findings)
    {
        const string check = "installation";
        if (patient.Serves is not { } serves)
        {
            findings.NotChecked(check, "no running sidecar told which one it serves");
        }
        else if (serves == InstallationDigest.Of(patient.Secrets!))
        {
            findings.Ok(check, "the sidecar that runs is the one that is set up here");
        }
        else
        {
            findings.Fail(
                check,
                "the sidecar that runs has other addresses or tokens than those set up here: install ran after it was started, or it has another data directory. Buttons and forms that it makes may lead nowhere",
                $"Start it again: {CommandNames.Run} --data {patient.File.Directory}"
            );
        }
    }

    private static void Unreached(
        string path,
        string address,
        string why,
        DoctorContext patient,
        Findings findings
    )
    {
        if (patient.MadeRoundTrip)
        {
            findings.NotChecked(
                path,
                $"{address} is not reached from here, though Mattermost reaches it: {why}"
            );
        }
        else
        {
            findings.Fail(
                path,
                $"{address} does not answer: {why}",
                $"Start the sidecar: {CommandNames.Run} --data {patient.File.Directory}"
            );
        }
    }
}

/// <summary>What a sidecar says of itself, or whoever answers in its place.</summary>
internal sealed record SidecarSays(JsonElement Said)
{
    public static SidecarSays Of(AnswerBody body)
    {
        try
        {
            using var json = JsonDocument.Parse(body.Bytes);
            return new SidecarSays(json.RootElement.Clone());
        }
        catch (JsonException)
        {
            return new SidecarSays(default(JsonElement));
        }
    }

    /// <summary>A member as text; null when there is none.</summary>
    public string? Text(params IReadOnlyList<string> path)
    {
        var at = Said;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number => at.GetRawText(),
            _ => null,
        };
    }
}
