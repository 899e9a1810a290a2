using Microsoft.Extensions.DependencyInjection;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Mattermost;

namespace Sidecar.Tests.Conformance;

/// <summary>The product's own client of a server, speaking as the stage's bot.</summary>
internal static class ProductClient
{
    private const string Actions = "http://sidecar.example/action";

    public static ServiceProvider Services(Stage stage)
    {
        var services = new ServiceCollection();
        services.AddHttpClient(
            ChatOptions.HttpClientName,
            http =>
            {
                http.BaseAddress = stage.Cast.Server.Url;
                http.Timeout = Timeout.InfiniteTimeSpan;
            }
        );
        return services.BuildServiceProvider();
    }

    public static MattermostChat Of(Stage stage, ServiceProvider services) =>
        new(
            services.GetRequiredService<IHttpClientFactory>(),
            new ChatOptions(
                stage.Bot.Api.Token,
                new UserId(stage.Bot.Id),
                Actions,
                "http://sidecar.example/dialog"
            ),
            new CardRenderer(
                id =>
                    new[] { stage.Tam, stage.Engineer, stage.Lead }
                        .FirstOrDefault(p => p.Id == id.Value)
                        ?.Name,
                _ => "sealed",
                Actions
            ),
            TimeProvider.System
        );
}
