using System.Collections.Frozen;

namespace Mattermost.Simulator;

/// <summary>The English sentences of the errors that the stand-in answers, as clients of a real server read them.</summary>
internal static class Messages
{
    public static string Of(string id) => Sentences.GetValueOrDefault(id, id);

    public static string Of(string id, (string Name, string Value) argument) =>
        Of(id).Replace("{{." + argument.Name + "}}", argument.Value, StringComparison.Ordinal);

    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<
        string,
        string
    >(StringComparer.Ordinal)
    {
        ["api.command.execute_command.failed.app_error"] =
            "Command with a trigger of '{{.Trigger}}' failed.",
        ["api.command.execute_command.deleted.error"] = "Can not run command in deleted channel.",
        ["api.command.execute_command.start.app_error"] = "No command trigger found.",
        ["api.command.execute_command.format.app_error"] =
            "Command trigger word is missing the leading slash character",
        ["api.command.execute_command.not_found.app_error"] =
            "Command with a trigger of '{{.Trigger}}' not found. To send a message beginning with \"/\", try adding an empty space at the beginning of the message.",
        ["api.command.execute_command.create_post_failed.app_error"] =
            "Command '{{.Trigger}}' failed to post response. Please contact your System Administrator.",
        ["api.command.execute_command.failed_resp.app_error"] =
            "Command with a trigger of '{{.Trigger}}' returned response {{.Status}}.",
        ["api.command.execute_command.failed_empty.app_error"] =
            "Command with a trigger of '{{.Trigger}}' returned an empty response.",
        ["api.command.disabled.app_error"] = "Commands have been disabled by the system admin.",
        ["api.command.duplicate_trigger.app_error"] =
            "This trigger word is already in use. Please choose another word.",
        ["api.command.command_post.forbidden.app_error"] =
            "Specified user is not a member of specified channel.",
        ["api.command.team_mismatch.app_error"] = "Unable to update commands across teams.",
        ["store.sql_command.save.get.app_error"] = "Unable to get the command.",
        ["model.command.is_valid.trigger.app_error"] = "Invalid trigger.",
        ["model.command.is_valid.url.app_error"] = "Invalid URL.",
        ["model.command.is_valid.url_http.app_error"] =
            "Invalid URL. Must be a valid URL and start with http:// or https://.",
        ["model.command.is_valid.method.app_error"] = "Invalid Method.",
        ["api.context.permissions.app_error"] = "You do not have the appropriate permissions.",
        ["api.context.session_expired.app_error"] =
            "Invalid or expired session, please login again.",
        ["api.context.invalid_body_param.app_error"] =
            "Invalid or missing {{.Name}} in request body.",
        ["api.context.invalid_param.app_error"] = "Invalid {{.Name}} parameter.",
        ["api.context.invalid_url_param.app_error"] =
            "Invalid or missing {{.Name}} parameter in request URL.",
        ["api.context.404.app_error"] = "Sorry, we could not find the page.",
        ["app.submit_interactive_dialog.decode_json_error"] =
            "Encountered an error decoding JSON response from interactive dialog submission.",
        ["app.submit_interactive_dialog.invalid_response"] =
            "Encountered an invalid response from interactive dialog submission.",
        ["api.post.do_action.action_id.app_error"] = "Invalid action id.",
        ["api.post.do_action.action_integration.app_error"] = "Action integration error.",
        ["api.file.attachments.disabled.app_error"] =
            "File attachments have been disabled on this server.",
        ["api.file.upload_file.read_request.app_error"] =
            "Unable to upload file(s). Error reading or parsing request data.",
        ["api.file.upload_file.incorrect_number_of_client_ids.app_error"] =
            "Unable to upload file(s). Have {{.NumClientIds}} client_ids for {{.NumFiles}} files.",
        ["api.file.get_file_info.app_error"] = "Failed to get file info.",
        ["app.emoji.get_by_name.no_result"] = "We couldn’t find the emoji.",
        ["app.reaction.save.save.too_many_reactions"] =
            "Reaction limit has been reached for this post.",
        ["api.custom_status.set_custom_statuses.emoji_not_found"] =
            "Failed to update the custom status. The emoji was not found.",
        ["app.post.save.app_error"] = "Unable to save the Post.",
        ["api.context.request_body_too_large.app_error"] =
            "Unable to process request. Request body too large.",
        ["model.post.is_valid.message_length.app_error"] =
            "Post Message property is longer than the maximum permitted length.",
        ["license_error.feature_unavailable"] = "Feature is not available for the current license",
        ["api.post.post_priority.priority_post_only_allowed_for_root_post.request_error"] =
            "Only root posts can have a priority.",
        ["web.command_webhook.general.app_error"] = "Failed to handle command webhook {{.Id}}.",
        ["app.channel.add_member.deleted_user.app_error"] =
            "Unable to add the user as a member of the channel.",
        ["model.channel.is_valid.1_or_more.app_error"] =
            "Name must be 1 or more lowercase alphanumeric character.",
        ["api.channel.bookmark.channel_bookmark.license.error"] =
            "Your license does not support channel bookmarks.",
        ["api.scheduled_posts.license_error"] = "Scheduled posts feature requires a license",
        ["api.custom_profile_attributes.license_error"] =
            "Your license does not support Custom Profile Attributes.",
        ["api.team.demote_user_to_guest.license.error"] =
            "Your license does not support guest accounts",
        ["api.license_error"] = "api endpoint requires a license",
        ["app.file_info.get.app_error"] = "Unable to get the file info.",
        ["model.post.is_valid.file_ids.app_error"] =
            "Invalid file ids. Note that uploads are limited to {{.Most}} files maximum. Please use additional posts for more files.",
        ["app.post.get.app_error"] = "Unable to get the post.",
        ["app.channel.get.existing.app_error"] = "Unable to find the existing channel.",
        ["app.channel.get_by_name.missing.app_error"] = "Channel does not exist.",
        ["api.channel.create_channel.max_channel_limit.app_error"] =
            "Unable to create more than {{.MaxChannelsPerTeam}} channels for current team.",
        ["app.channel.update.bad_id"] = "Unable to update the channel.",
        ["app.team.get.find.app_error"] = "Unable to find the existing team.",
        ["app.team.get_by_name.missing.app_error"] = "Unable to find the existing team.",
        ["app.user.missing_account.const"] = "Unable to find the user.",
        ["app.user.get_by_username.app_error"] =
            "Unable to find an existing account matching your username for this team. This team may require an invite from the team owner to join.",
        ["app.user.save.username_exists.app_error"] =
            "An account with that username already exists.",
        ["app.user.save.email_exists.app_error"] = "An account with that email already exists.",
        ["interactive_message.decode_trigger_id.base64_decode_failed"] =
            "Failed to decode base64 for trigger ID for interactive dialog.",
        ["interactive_message.decode_trigger_id.missing_data"] =
            "Trigger ID missing required data for interactive dialog.",
        ["interactive_message.decode_trigger_id.expired"] =
            "Trigger ID for interactive dialog is expired. Trigger IDs live for a maximum of {{.Life}}.",
        ["interactive_message.decode_trigger_id.base64_decode_failed_signature"] =
            "Failed to decode base64 signature of trigger ID for interactive dialog.",
        ["interactive_message.decode_trigger_id.verify_signature_failed"] =
            "Signature verification failed of trigger ID for interactive dialog.",
        ["app.command_webhook.try_use.invalid"] = "Invalid webhook.",
        ["app.command_webhook.get.missing"] = "Unable to find the webhook.",
        ["web.command_webhook.parse.app_error"] = "Unable to parse incoming data.",
        ["web.incoming_webhook.disabled.app_error"] =
            "Incoming webhooks have been disabled by the system admin.",
        ["web.incoming_webhook.parse.app_error"] = "Unable to parse incoming data.",
        ["web.incoming_webhook.text.app_error"] = "No text specified.",
        ["web.incoming_webhook.invalid.app_error"] = "Invalid webhook.",
        ["web.incoming_webhook.channel.app_error"] = "Couldn't find the channel.",
        ["web.incoming_webhook.user.app_error"] = "Couldn't find the user.",
        ["web.incoming_webhook.channel_locked.app_error"] =
            "This webhook is not permitted to post to the requested channel.",
        ["web.incoming_webhook.permissions.app_error"] = "Inappropriate channel permissions.",
        ["api.incoming_webhook.disabled.app_error"] =
            "Incoming webhooks have been disabled by the system admin.",
        ["api.outgoing_webhook.disabled.app_error"] =
            "Outgoing webhooks have been disabled by the system admin.",
        ["api.webhook.create_outgoing.intersect.app_error"] =
            "Outgoing webhooks from the same channel cannot have the same trigger words/callback URLs.",
        ["api.webhook.create_outgoing.permissions.app_error"] =
            "Invalid permissions to create outgoing webhook.",
        ["api.webhook.create_outgoing.triggers.app_error"] =
            "Either trigger_words or channel_id must be set.",
        ["app.webhooks.get_outgoing.app_error"] = "Unable to get the webhook.",
        ["app.webhooks.get_incoming.app_error"] = "Unable to get the webhook.",
        ["model.outgoing_hook.is_valid.callback.app_error"] = "Invalid callback URLs.",
        ["model.outgoing_hook.is_valid.url.app_error"] =
            "Invalid callback URLs. Each must be a valid URL and start with http:// or https://.",
        ["api.post.create_post.can_not_post_to_deleted.error"] = "Can not post to deleted channel.",
        ["api.post.create_post.root_id.app_error"] = "Invalid RootId parameter.",
        ["api.post.create_post.channel_root_id.app_error"] =
            "Invalid ChannelId for RootId parameter.",
        ["api.post.patch_post.can_not_update_post_in_deleted.error"] =
            "Can not update a post in a deleted channel.",
        ["api.post.update_post.can_not_update_post_in_deleted.error"] =
            "Can not update a post in a deleted channel.",
        ["api.post.update_post.system_message.app_error"] = "Unable to update system message.",
        ["model.post.is_valid.msg.app_error"] = "Invalid message.",
        ["model.post.is_valid.type.app_error"] = "Invalid type.",
        ["model.post.is_valid.props.app_error"] = "Invalid props.",
        ["api.reaction.save.archived_channel.app_error"] =
            "You cannot react in an archived channel.",
        ["api.reaction.delete.archived_channel.app_error"] =
            "You cannot remove a reaction in an archived channel.",
        ["model.reaction.is_valid.emoji_name.app_error"] = "Invalid emoji name.",
        ["api.context.invalid_token.error"] = "Invalid session token, err=",
        ["api.reaction.save_reaction.invalid.app_error"] = "Reaction is not valid.",
        ["api.reaction.save_reaction.user_id.app_error"] =
            "You cannot save reaction for the other user.",
        ["api.bot.create_disabled"] = "Bot creation has been disabled.",
        ["store.sql_bot.get.missing.app_error"] = "Bot does not exist.",
        ["model.user.is_valid.username.app_error"] =
            "Username must begin with a letter, and contain between 3 to 22 lowercase characters made up of numbers, letters, and the symbols \".\", \"-\", and \"_\".",
        ["model.bot.is_valid.username.app_error"] = "Invalid username.",
        ["app.user_access_token.disabled"] =
            "Personal access tokens are disabled on this server. Please contact your system administrator for details.",
        ["app.user_access_token.invalid_or_missing"] = "Invalid or missing token.",
        ["api.user.login.invalid_credentials_email_username"] =
            "Enter a valid email or username and/or password.",
        ["api.user.login.blank_pwd.app_error"] = "Password field must not be blank",
        ["api.user.login.inactive.app_error"] =
            "Login failed because your account has been deactivated.  Please contact an administrator.",
        ["api.user.login.bot_login_forbidden.app_error"] = "Bot login is forbidden.",
        ["app.plugin.install_id.app_error"] =
            "Unable to install plugin. A plugin with the same ID is already installed.",
        ["app.plugin.invalid_id.app_error"] =
            "Plugin Id must be at least {{.Min}} characters, at most {{.Max}} characters and match {{.Regex}}.",
        ["app.plugin.upload_disabled.app_error"] =
            "Plugins and/or plugin uploads have been disabled.",
        ["app.plugin.disabled.app_error"] =
            "Plugins have been disabled. Please check your logs for details.",
        ["app.plugin.manifest.app_error"] = "Unable to find manifest for extracted plugin.",
        ["app.plugin.extract.app_error"] = "An error occurred extracting the plugin bundle.",
        ["app.plugin.not_installed.app_error"] = "Plugin is not installed.",
        ["api.plugin.upload.no_file.app_error"] = "Missing file in multipart/form request.",
        ["store.sql_channel.save_channel.exists.app_error"] =
            "A channel with that name already exists on the same team.",
        ["app.channel.get_member.missing.app_error"] =
            "No channel member found for that user ID and channel ID.",
        ["api.channel.delete_channel.deleted.app_error"] =
            "The channel has been archived or deleted.",
        ["api.channel.delete_channel.cannot.app_error"] =
            "Unable to delete the default channel {{.Channel}}.",
        ["api.channel.delete_channel.type.invalid"] =
            "Unable to delete direct or group message channels",
        ["api.channel.restore_channel.restored.app_error"] =
            "Unable to unarchive channel. The channel is not archived.",
        ["api.channel.create_direct_channel.invalid_user.app_error"] =
            "Invalid user ID for direct channel creation.",
        ["api.channel.create_group.bad_size.app_error"] =
            "Group message channels must contain at least 3 and no more than 8 users.",
        ["model.channel.is_valid.display_name.app_error"] = "Invalid display name.",
        ["model.channel.is_valid.name.app_error"] =
            "Invalid channel name. User ids are not permitted in channel name for non-direct message channels.",
        ["model.channel.is_valid.header.app_error"] = "Invalid header.",
        ["model.channel.is_valid.purpose.app_error"] = "Invalid purpose.",
        ["model.channel.is_valid.2_or_more.app_error"] =
            "Name must be 2 or more lowercase alphanumeric characters.",
        ["api.channel.add_user.to.channel.failed.app_error"] = "Failed to add user to channel.",
        ["api.channel.add_user_to_channel.type.app_error"] =
            "Can not add user to this channel type.",
        ["api.channel.add_user.to.channel.failed.deleted.app_error"] =
            "Failed to add user to channel because they have been removed from the team.",
        ["api.channel.remove.default.app_error"] =
            "Unable to remove user from the default channel {{.Channel}}.",
        ["api.channel.remove_channel_member.type.app_error"] =
            "Unable to remove user from a channel.",
        ["app.team.get_member.missing.app_error"] =
            "No team member found for that user ID and team ID.",
        ["app.team.save.existing.app_error"] = "Must call update for existing team.",
        ["app.status.get.missing.app_error"] = "No entry for that status exists.",
        ["api.channel.create_channel.direct_channel.app_error"] =
            "Must use createDirectChannel API service for direct message channel creation.",
        ["api.channel.patch_update_channel.forbidden.app_error"] = "Failed to update the channel.",
        ["api.web_socket_router.not_authenticated.app_error"] =
            "WebSocket connection is not authenticated. Please log in and try again.",
        ["api.web_socket_router.bad_action.app_error"] = "Unknown WebSocket action.",
        ["api.web_socket_router.bad_seq.app_error"] = "Invalid sequence for WebSocket message.",
        ["api.web_socket_router.no_action.app_error"] = "No websocket action.",
        ["app.channel.restore.app_error"] = "Unable to restore the channel.",
        ["api.post.create_webhook_post.creating.app_error"] = "Error creating post.",
        ["api.status.user_not_found.app_error"] = "User not found.",
        ["app.user_access_token.get_by_user.app_error"] =
            "Unable to get the personal access tokens by user.",
        ["model.team.is_valid.reserved.app_error"] = "This URL is unavailable. Please try another.",
        ["model.team.is_valid.characters.app_error"] =
            "Name must be 2 or more lowercase alphanumeric characters.",
        ["model.user.is_valid.email.app_error"] = "Invalid email.",
        ["model.config.is_valid.site_url.app_error"] =
            "Site URL must be a valid URL and start with http:// or https://.",
        ["api.post.update_post.find.app_error"] =
            "Unable to find the existing post or comment to update.",
        ["api.user.create_user.signup_email_disabled.app_error"] =
            "User sign-up with email is disabled.",
        ["api.config.update_config.restricted_merge.app_error"] = "Failed to merge given config.",
        ["app.plugin.config.app_error"] = "Error saving plugin state in config.",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
