using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Sidecar.Api;
using Sidecar.Api.Resources;
using Sidecar.Chat;
using Sidecar.Features;
using Sidecar.Features.Deliveries;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;
using Sidecar.Metrics;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Scheduling;
using Sidecar.Settings;
using Sidecar.Setup.Settings;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.Postgres;

namespace Sidecar.Hosting;

/// <summary>Puts the product together: the only place that knows all of its parts.</summary>
internal static class SidecarHost
{
    /// <summary>A sidecar that is ready to be started.</summary>
    /// <param name="settings">What it must be told.</param>
    /// <param name="clock">The time.</param>
    /// <param name="adjust">Addresses, logging and whatever else belongs to the process around it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="features">What the product is made of; null for all that it has.</param>
    /// <exception cref="StoreUnusableException">The store can't be opened; the message says what to do.</exception>
    /// <exception cref="SetupException">The settings file can't be used; the message lists why.</exception>
    /// <exception cref="ArgumentException">A token is missing or can't be one.</exception>
    public static async Task<WebApplication> Build(
        SidecarSettings settings,
        TimeProvider clock,
        Action<WebApplicationBuilder>? adjust,
        CancellationToken cancel,
        Action<FeatureBuilder>? features = null
    )
    {
        SharedClock? common = PostgresAddress.IsOne(settings.Store) ? new(clock) : null;
        clock = common ?? clock;
        var builder = WebApplication.CreateSlimBuilder(
            // Settings are read at the start: a watcher would only use up what the system has few of.
            new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] }
        );
        // The server's own notes, several for each request, cost more than the requests.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(clock);
        AddMattermost(builder, settings);
        AddProduct(builder.Services, settings, features ?? AllFeatures.Register);
        ApiParts.Add(builder.Services);
        ApiOperations.Add(builder.Services);
        builder.Services.AddScheduling();
        builder.Services.AddHostedService<Housekeeping>();
        builder.Services.AddHostedService<MetricsExport>();
        builder.Services.AddSingleton<PrometheusCollector>();
        adjust?.Invoke(builder);

        using var logging = LoggerFactory.Create(l =>
            l.AddConfiguration(builder.Configuration.GetSection("Logging"))
        );
        var opened = await OpenedStore.Open(
            settings.DataDirectory,
            settings.Store,
            clock,
            logging,
            cancel
        );
        var engine = opened.Engine;
        // Made by the container, so that it is closed with it.
        builder.Services.AddSingleton(_ => engine);
        builder.Services.AddSingleton(_ => (IReportsHealth)engine);
        builder.Services.AddSingleton<Store>();
        builder.Services.AddSingleton<Reindexing>();
        if (opened.Database is { } database)
        {
            SharedParts.Add(builder.Services, database, settings, common!);
        }
        else
        {
            builder.Services.AddSingleton<ILeases, AllLeases>();
        }
        if (opened.Kind is { } kind)
        {
            builder.Services.AddSingleton(new StoreFiles(settings.DataDirectory, kind));
        }

        builder.Services.AddSingleton<StoreMetrics>();

        var app = builder.Build();
        try
        {
            if (opened.Database is { } shared)
            {
                await SharedParts.Prepare(app.Services, shared, cancel);
            }

            if (opened.Kind == StoreKind.Sqlite && settings.Store is null)
            {
                StoreLog.KeepsSqlite(app.Logger, settings.DataDirectory);
            }

            await app.Services.GetRequiredService<Reindexing>().Run(cancel);
            app.Services.GetRequiredService<StoreMetrics>();
            HealthEndpoints.Map(app);
            MetricsEndpoint.Map(app, settings.MetricsToken);
            Inbound.Map(app);
            CompletionDoor.Map(app);
            ApiParts.Map(app, ApiOperations.All, ApiCommands.Table);
            return app;
        }
        catch
        {
            // The store's lock goes with it: this process may try again.
            await app.DisposeAsync();
            throw;
        }
    }

    private static void AddMattermost(WebApplicationBuilder builder, SidecarSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Inbound.LargestBody;
        });
        var services = builder.Services;
        services.AddSingleton(new ServedInstallation(settings.Installation));
        services.AddSingleton(
            new InboundTokens(
                new RequestVerifier(settings.CommandTokens),
                new RequestVerifier(settings.TriggerTokens)
            )
        );
        services.AddSingleton(
            new ChatOptions(
                settings.BotToken,
                settings.Bot,
                Address(settings.PublicUrl, Inbound.ActionPath),
                Address(settings.PublicUrl, Inbound.DialogPath)
            )
            {
                AnswersLater = settings.AnswersLater,
                LookUpsUrl =
                    Address(settings.PublicUrl, Inbound.LookUpPath) is var asked
                    && ChatOptions.IsAskedByBrowsers(asked)
                        ? asked
                        : null,
            }
        );
        services
            .AddHttpClient(
                ChatOptions.HttpClientName,
                http =>
                {
                    http.BaseAddress = new Uri(settings.Mattermost.AbsoluteUri.TrimEnd('/') + "/");
                    http.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            // A redirect would carry the bot's token to wherever it leads.
            .ConfigurePrimaryHttpMessageHandler(MattermostNetwork.Handler)
            .RemoveAllLoggers();
        services
            .AddDataProtection()
            .SetApplicationName("escalate")
            .PersistKeysToFileSystem(OwnersOnly(SharedParts.KeyFolder(settings)))
            .UseCryptographicAlgorithms(
                new AuthenticatedEncryptorConfiguration
                {
                    EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM,
                }
            );
        services.AddSingleton(
            new OutboxOptions(settings.Bot)
            {
                PerSecond = settings.RequestsPerSecond,
                Burst = 2 * settings.RequestsPerSecond,
                TryAgain = TryDeliveryAgain.Button,
            }
        );
        services.AddSingleton<InteractionSeal>();
        services.AddSingleton<ISeal>(parts => parts.GetRequiredService<InteractionSeal>());
        services.AddSingleton<PersonalRateLimit>();
        services.AddSingleton<ActMetrics>();
        services.AddSingleton<IChat, MattermostChat>();
        services.AddSingleton<OddNames>();
        services.AddSingleton(parts => new SharedPosts(
            parts.GetRequiredService<IChat>(),
            settings.Bot
        ));
        services.AddSingleton<Conversation>();
        services.AddSingleton<ReplyWriter>();
        services.AddSingleton<ServerForms>();
        services.AddSingleton<DialogForms>();
        services.AddSingleton<FormLookUps>();
        services.AddSingleton<ICompletion, OfferPeople>();
        services.AddSingleton<Inbound>();
        services.AddSingleton<CompletionDoor>();
        services.AddSingleton(new EventListenerOptions(settings.Mattermost));
        services.AddSingleton<ReactionInbox>();
        services.AddSingleton<MissedReactions>();
        services.AddSingleton<RenamedChannels>();
        services.AddSingleton<ChangedReaders>();
        services.AddSingleton<EventListener>();
        services.AddSingleton(parts => new CardRenderer(
            // Asked for late: the directory itself asks the chat, which draws with this.
            person => parts.GetRequiredService<PeopleDirectory>().NameOf(person),
            control =>
                parts
                    .GetRequiredService<InteractionSeal>()
                    .SealAction(control.Action, control.Payload, control.IsInThread),
            Address(settings.PublicUrl, Inbound.ActionPath)
        ));
    }

    private static void AddProduct(
        IServiceCollection services,
        SidecarSettings settings,
        Action<FeatureBuilder> features
    )
    {
        var product = new FeatureBuilder(services);
        features(product);
        var registered = product.Build();
        SettingsFile.In(settings.DataDirectory, settings.SettingsFile).Use(registered.Settings);
        services.AddSingleton(registered);
        services.AddSingleton(
            new CommandParser(registered.Commands.Select(c => c.Spec), registered.Series)
        );
        services.AddSingleton(parts => new Router(
            parts.GetRequiredService<RegisteredParts>(),
            parts.GetRequiredService<CommandParser>(),
            parts.GetRequiredService<RoleStore>(),
            parts.GetRequiredService<PeopleDirectory>(),
            parts
        ));
        services.AddSingleton<SeenClashes>();
        services.AddSingleton(parts => new ShownAgain(
            parts.GetRequiredService<Store>(),
            registered,
            parts,
            parts.GetRequiredService<IChat>(),
            parts.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(new Installer(settings.InstalledBy));
        services.AddSingleton(new RunBy(settings.RunBy));
        services.AddSingleton(settings.Push);
        services.AddSingleton(parts => new CheckUp(new ResidentDoctor(settings, parts).Look));
        services.AddSingleton<SaidAloud>();
        services.AddSingleton<RefusedReactions>();
        services.AddSingleton<RoleStore>();
        services.AddSingleton<PeopleDirectory>();
        services.AddHostedService(parts => parts.GetRequiredService<PeopleDirectory>());
        services.AddSingleton(parts => new OutboxFiles(
            settings.DataDirectory,
            registered.Files.Select(f =>
                KeyValuePair.Create<string, FileMaker>(
                    f.Name,
                    (request, to, cancel) => f.Write(parts, request, to, cancel)
                )
            )
        ));
        services.AddSingleton(parts => new OutboxErrands(
            registered.Errands.Select(e =>
                KeyValuePair.Create<string, ErrandRunner>(
                    e.Name,
                    (call, cancel) => e.Run(parts, call, cancel)
                )
            )
        ));
        services.AddSingleton<OutboxPump>();
        services.AddHostedService(parts => parts.GetRequiredService<OutboxPump>());
        services.AddHostedService(parts => parts.GetRequiredService<EventListener>());
    }

    private static string Address(Uri publicUrl, string path) =>
        (publicUrl.IsAbsoluteUri ? publicUrl.AbsoluteUri : publicUrl.OriginalString).TrimEnd('/')
        + path;

    private static DirectoryInfo OwnersOnly(string path) =>
        OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
}
