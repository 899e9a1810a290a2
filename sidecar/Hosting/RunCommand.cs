using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Sidecar.Cli;
using Sidecar.Ids;
using Sidecar.Scheduling;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Storage;

namespace Sidecar.Hosting;

/// <summary><c>run --data … --urls …</c>: serves until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var data = SetupOptions.Data();
        var store = SetupOptions.Store();
        var urls = new Option<string>("--urls")
        {
            Description =
                "Where to listen; several are separated by semicolons. Mattermost must reach it under the --public-url of install.",
            HelpName = "address",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable("ASPNETCORE_URLS") is { Length: > 0 } set
                    ? set
                    : PublicAddress.DefaultUrls,
        };
        var rate = new Option<int>("--requests-per-second")
        {
            Description =
                "How many requests Mattermost is sent per second at the most; its own limit for one account is 10 unless RateLimitSettings say otherwise.",
            HelpName = "number",
            DefaultValueFactory = _ => 10,
        };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--requests-per-second takes a number from 1 to 10000.");
            }
        });
        var settingsFile = SetupOptions.Settings();
        var https = new HttpsOptions();
        var run = new ExplainedCommand(
            "run",
            "Serve Mattermost's requests",
            "Stops on Ctrl-C or SIGTERM after finishing what is in flight. /healthz says that it lives, /readyz that it can work. Prometheus finds metrics at /metrics: from this machine, or with the token in ESCALATE_METRICS_TOKEN. They go to OTEL_EXPORTER_OTLP_ENDPOINT, too, when that is set."
        )
        {
            data,
            store,
            settingsFile,
            urls,
            https.Certificate,
            https.Key,
            rate,
        };
        run.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    _ =>
                        Serve(
                            parsed.GetValue(data)!,
                            settings =>
                                settings with
                                {
                                    Store = parsed.GetValue(store),
                                    SettingsFile = parsed.GetValue(settingsFile),
                                    RequestsPerSecond = parsed.GetValue(rate),
                                    MetricsToken = MetricsToken.Read(
                                        Environment.GetEnvironmentVariable
                                    ),
                                },
                            parsed.GetValue(urls)!,
                            https.Read(parsed),
                            cancel
                        )
                )
        );
        return run;
    }

    private static async Task<int> Serve(
        string data,
        Func<SidecarSettings, SidecarSettings> given,
        string urls,
        CertificateFile? certificate,
        CancellationToken cancel
    )
    {
        var secrets = new SecretsFile(data).Read();
        var clock = MovedClock.OfProcess();
        try
        {
            await using var sidecar = await SidecarHost.Build(
                given(Settings(data, secrets)),
                clock,
                builder =>
                {
                    builder.WebHost.UseUrls(urls.Split(';'));
                    HttpsOptions.Use(builder, certificate);
                    // A line per request would hide the lines that matter, and the keys' folder is for the owner only.
                    builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
                    builder.Logging.AddFilter(
                        "Microsoft.AspNetCore.DataProtection",
                        LogLevel.Error
                    );
                    builder.Logging.AddSimpleConsole(console =>
                    {
                        console.SingleLine = true;
                        console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                        console.UseUtcTimestamp = true;
                    });
                },
                cancel
            );
            if (clock is MovedClock moved)
            {
                var due = sidecar.Services.GetRequiredService<DueTimes>();
                moved.Moved = () => _ = due.Look(cancel);
            }

            await sidecar.RunAsync(cancel);
            return ExitCode.Done;
        }
        catch (StoreUnusableException problem)
        {
            throw new SetupException(
                "The sidecar did not start: its store can't be used.",
                problem.Message,
                problem
            );
        }
        catch (Exception problem)
            when (HttpsOptions.Explain(problem, urls, certificate) is not null)
        {
            throw HttpsOptions.Explain(problem, urls, certificate)!;
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            throw new SetupException(
                $"The sidecar did not start: something else listens on {urls}.",
                "Stop that, or listen elsewhere with --urls and tell install the new --public-url.",
                problem
            );
        }
    }

    /// <summary>What set-up has written, as the sidecar takes it.</summary>
    internal static SidecarSettings Settings(string data, Secrets secrets) =>
        new(
            data,
            secrets.MattermostUrl,
            secrets.PublicUrl,
            new UserId(secrets.Bot.UserId),
            secrets.Bot.Token.Reveal(),
            [.. secrets.CommandTokens.Select(t => t.Reveal())],
            [.. secrets.TriggerTokens.Select(t => t.Reveal())]
        )
        {
            Installation = InstallationDigest.Of(secrets),
            InstalledBy = secrets.InstalledBy is { Length: > 0 } who ? new UserId(who) : null,
        };
}
