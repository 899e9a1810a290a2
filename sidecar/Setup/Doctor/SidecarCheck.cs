using System.Text.Json;

namespace Sidecar.Setup.Doctor;

/// <summary>The sidecar's own health, asked at its public address from here.</summary>
internal static class SidecarCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task Run(Examination patient, Findings findings, CancellationToken cancel)
    {
        using var http = patient.Seams.Network is { } network
            ? new HttpClient(network, disposeHandler: false)
            : new HttpClient();
        http.Timeout = Patience;
        foreach (var path in new[] { "/healthz", "/readyz" })
        {
            await Ask(http, path, patient, findings, cancel);
        }
    }

    private static async Task Ask(
        HttpClient http,
        string path,
        Examination patient,
        Findings findings,
        CancellationToken cancel
    )
    {
        var address = PublicAddress.Of(patient.Secrets!.PublicUrl, path);
        try
        {
            using var answer = await http.GetAsync(new Uri(address), cancel);
            if (answer.IsSuccessStatusCode)
            {
                findings.Ok(path, "well");
                return;
            }

            var says = Status(await answer.Content.ReadAsStringAsync(cancel));
            findings.Fail(
                path,
                $"{(int)answer.StatusCode} {says ?? answer.ReasonPhrase}",
                "See the checks of the store and the disk here, and the sidecar's log."
            );
        }
        catch (Exception failed)
            when (failed is HttpRequestException or IOException
                || (failed is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            Unreached(path, address, failed.Message, patient, findings);
        }
    }

    private static void Unreached(
        string path,
        string address,
        string why,
        Examination patient,
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

    private static string? Status(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("status", out var status)
                ? status.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
