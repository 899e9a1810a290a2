using System.CommandLine;
using Sidecar.Interactions;
using Sidecar.Setup;
using Sidecar.Storage;

namespace Sidecar.Hosting;

/// <summary><c>run --data … --urls …</c>: serves until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var data = SetupOptions.Data();
        var urls = new Option<string>("--urls")
        {
            Description =
                "Where to listen; several are separated by semicolons. Mattermost must reach it under the --public-url of install.",
            HelpName = "address",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable("ASPNETCORE_URLS") is { Length: > 0 } set
                    ? set
                    : "http://127.0.0.1:8085",
        };
        var run = new ExplainedCommand(
            "run",
            "Serve Mattermost's requests",
            "Stops on Ctrl-C or SIGTERM after finishing what is in flight. /healthz says that it lives, /readyz that it can work. Metrics go to OTEL_EXPORTER_OTLP_ENDPOINT when that is set."
        )
        {
            data,
            urls,
        };
        run.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    _ => Serve(parsed.GetValue(data)!, parsed.GetValue(urls)!, cancel)
                )
        );
        return run;
    }

    private static async Task<int> Serve(string data, string urls, CancellationToken cancel)
    {
        var secrets = new SecretsFile(data).Read();
        try
        {
            await using var sidecar = await SidecarHost.Build(
                Settings(data, secrets),
                TimeProvider.System,
                builder =>
                {
                    builder.WebHost.UseUrls(urls.Split(';'));
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
        catch (IOException problem)
            when (problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new SetupException(
                $"The sidecar did not start: something else listens on {urls}.",
                "Stop that, or listen elsewhere with --urls and tell install the new --public-url.",
                problem
            );
        }
    }

    private static SidecarSettings Settings(string data, Secrets secrets) =>
        new(
            data,
            secrets.MattermostUrl,
            secrets.PublicUrl,
            new UserId(secrets.Bot.UserId),
            secrets.Bot.Token.Reveal(),
            [.. secrets.CommandTokens.Select(t => t.Reveal())],
            [.. secrets.TriggerTokens.Select(t => t.Reveal())]
        );
}
