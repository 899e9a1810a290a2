using Sidecar.People;

namespace Sidecar.Api.Resources;

/// <summary>What the token is: the first thing that a program asks.</summary>
internal sealed class MeResource(RoleStore roles, ApiAnswers answers)
{
    public static ApiOperation Get { get; } =
        new("getMe", "GET", "/me", "Show what the token is", null)
        {
            Tag = "Token",
            Result = ApiJson.Default.MeView,
            Run = (parts, call, cancel) =>
                parts.GetRequiredService<MeResource>().Read(call, cancel),
        };

    private async Task<ApiAnswer> Read(ApiCall call, CancellationToken cancel)
    {
        var actor = await roles.Of(call.User, cancel);
        await answers.Know([call.User], cancel);
        var token = call.Token;
        return new ApiAnswer.OfValue(
            new MeView(
                token.Id.ToString(),
                token.Name,
                token.IsOfIntegration,
                answers.Person(call.User),
                token.Scopes,
                [.. actor.Roles.Select(r => r.Code())],
                token.EndsAt
            )
        );
    }
}
