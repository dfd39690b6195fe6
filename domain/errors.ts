/**
 * Everything that can be refused, as one closed list. A code says what happened; its row says the HTTP status, whether the
 * same request may be tried again, the article it rests on, and what a person reads: a sentence on what happened and why, then what to do.
 * `{name}` in a text is filled from the error's `params`, which hold ids, codes and figures, never confidential contents.
 */
type Row = {
  readonly status: number;
  readonly retry?: true;
  readonly article?: string;
  readonly zh: string;
  readonly en: string;
};

const rows = {
  malformed: {
    status: 400,
    zh: '请求无法解析（不完整，或内容不是有效的 JSON）。请检查后重新提交。',
    en: 'The request could not be read: it is not complete, or its body is no JSON. Check it and send it again.',
  },
  invalid: {
    status: 422,
    zh: '“{field}”填写有误：{reason}。请更正后重新提交。',
    en: '"{field}" is not valid: {reason}. Correct it and send it again.',
  },
  unknownField: {
    status: 422,
    zh: '不认识的字段“{field}”。请删除后重新提交。',
    en: 'Unknown field "{field}". Remove it and send the request again.',
  },
  missing: {
    status: 422,
    zh: '提交前还缺：{field}。请补充后提交。',
    en: 'Before this can be submitted it needs: {field}. Add it and submit again.',
  },
  methodNotAllowed: {
    status: 405,
    zh: '该地址不支持这种请求方法，只支持 {allowed}。请按接口说明更正。',
    en: 'This address does not take that method, only {allowed}. Correct the request by the description of the API.',
  },
  tooLarge: {
    status: 413,
    zh: '内容超过上限（{limit}）。请缩小后重试。',
    en: 'This is larger than the limit ({limit}). Make it smaller and try again.',
  },
  headersTooLarge: {
    status: 431,
    zh: '请求地址或请求头过长。请缩短后重试；在浏览器中出现时，请清除本站 Cookie。',
    en: 'The address or the headers of the request are too long. Shorten them; in a browser, clear the cookies of this site.',
  },
  requestTimeout: {
    status: 408,
    retry: true,
    zh: '请求在规定时间内没有发送完。请检查网络后重试。',
    en: 'The request did not arrive in time. Check the connection and try again.',
  },
  unsupportedMedia: {
    status: 415,
    zh: '不支持的内容类型。请用 {expected}。',
    en: 'This content type is not accepted. Use {expected}.',
  },
  fileTypeRefused: {
    status: 422,
    zh: '不接受这种文件。可上传：{allowed}。',
    en: 'This kind of file is not accepted. Accepted: {allowed}.',
  },
  fileTypeMismatch: {
    status: 422,
    zh: '文件内容与扩展名不符（内容为 {actual}）。请上传原始文件。',
    en: 'The file is not what its name says (its content is {actual}). Upload the original file.',
  },
  badUscc: {
    status: 422,
    zh: '统一社会信用代码有误（{reason}）。请对照营业执照核对18位代码。',
    en: 'The unified social credit code is wrong ({reason}). Check all 18 characters against the business licence.',
  },
  badAmount: {
    status: 422,
    zh: '金额有误（{reason}）：须为非负数、精确到分、不超过10^14元。请更正后重新填写。',
    en: 'The amount is wrong ({reason}): it must not be negative, finer than 0.01 yuan or above 10^14 yuan. Correct it and enter it again.',
  },
  belowStandard: {
    status: 422,
    article: '12',
    zh: '预计后续合同成交额 {amount} 元，未达到分公司级标准（{line} 元以上，办法第十二条）。草稿已保留；可补充后续项目，或说明理由提请特别审议。',
    en: 'Expected subsequent contracts are {amount} yuan, below the branch-level line of {line} yuan (Article 12). The draft is kept: add upcoming projects, or ask for special consideration with a reason.',
  },
  sumMismatch: {
    status: 422,
    article: '12',
    zh: '填报的预计后续合同额 {stated} 元与计入级别的即将建设项目合计 {sum} 元不一致。请核对。',
    en: 'The stated expected amount {stated} differs from the sum of the upcoming projects that count, {sum}. Make them agree.',
  },
  reasonRequired: {
    status: 422,
    zh: '请填写理由：{why}。填写后重新提交。',
    en: 'A reason is needed: {why}. Fill it in and submit again.',
  },
  unauthenticated: {
    status: 401,
    zh: '尚未登录或登录已失效。请重新登录。',
    en: 'You are not signed in, or your session has ended. Sign in again.',
  },
  signInDeclined: {
    status: 403,
    zh: '您在登录平台取消了登录。如需进入，请重新登录或换用其他方式。',
    en: 'You cancelled at the provider. Sign in again, or choose another way.',
  },
  providerAway: {
    status: 503,
    retry: true,
    zh: '登录平台暂时无法访问。请稍后重试，或换用其他登录方式。',
    en: 'The sign-in provider cannot be reached. Try again shortly, or choose another way to sign in.',
  },
  notAMember: {
    status: 403,
    zh: '该账号不是本公司成员，不能登录。请换用本公司账号。',
    en: 'This account is no member of the company. Use your company account.',
  },
  accountDisabled: {
    status: 403,
    zh: '您的公司账号已停用。如有疑问，请联系公司的账号管理员。',
    en: 'Your company account is disabled. Ask the people who manage the company’s accounts.',
  },
  accountLocked: {
    status: 403,
    zh: '您的公司账号已锁定。请联系公司的账号管理员解锁后再登录。',
    en: 'Your company account is locked. Have it unlocked by the people who manage the company’s accounts.',
  },
  accountPasswordExpired: {
    status: 403,
    zh: '您的公司账号密码已过期。请先修改密码，再登录。',
    en: 'The password of your company account has expired. Change it there, then sign in.',
  },
  cannotProveAnew: {
    status: 403,
    zh: '此登录方式不能再次验证身份，本事项须再次验证。请退出，改用其他方式登录后办理。',
    en: 'This way of signing in cannot prove anew who you are, which is needed here. Sign out, sign in by another way, and try again.',
  },
  identityTaken: {
    status: 409,
    zh: '此外部账号已关联其他人员。请先解除原关联。',
    en: 'This account is linked to another person. End that link first.',
  },
  csrf: {
    status: 403,
    zh: '页面校验码已失效。请刷新页面后重试。',
    en: 'The page token is out of date. Reload the page and try again.',
  },
  foreignSite: {
    status: 403,
    zh: '请求来自其他网站的页面，未予办理。请在本系统的页面上操作。',
    en: 'The request came from a page of another site and was not carried out. Act on the pages of this system.',
  },
  forbidden: {
    status: 403,
    zh: '您的角色不能办理此事项（需要：{needed}）。如需办理，请联系经营部。',
    en: 'Your role may not do this (needed: {needed}). Ask the office if you should.',
  },
  tokenScope: {
    status: 403,
    zh: '该访问令牌没有“{scope}”权限。请换用或新建令牌。',
    en: 'This access token lacks the scope "{scope}". Use or make another token.',
  },
  signInFailed: {
    status: 401,
    zh: '账号或密码不正确。请检查后重试；忘记密码请联系安全保密管理员重置。',
    en: 'The login or the password is wrong. Check both and try again; if the password is lost, ask the security administrator to reset it.',
  },
  signInLocked: {
    status: 429,
    zh: '连续失败次数过多，暂停登录 {minutes} 分钟。请稍后再试；在您常用的浏览器上不受他人尝试影响。',
    en: 'Too many failures in a row: nothing more is tried for {minutes} minutes. Wait and try again; a browser you have used before is not held up by what others try.',
  },
  signInExpired: {
    status: 401,
    zh: '本次登录已超时或已完成。请重新登录。',
    en: 'This sign-in has taken too long or is done already. Begin again.',
  },
  passwordExpired: {
    status: 403,
    zh: '一次性密码已过期。请联系安全保密管理员重新发放。',
    en: 'The one-time password has expired. Ask the security administrator for a new one.',
  },
  passwordShort: {
    status: 422,
    zh: '密码至少 {least} 个字符。请加长，例如用一句只有您知道的话，不要求大小写或符号。',
    en: 'A password has at least {least} characters. Make it longer: a sentence only you know will do, and no capitals or signs are asked for.',
  },
  passwordLong: {
    status: 422,
    zh: '密码最多 {most} 个字符。请缩短。',
    en: 'A password has at most {most} characters. Make it shorter.',
  },
  passwordHasLogin: {
    status: 422,
    zh: '密码不能包含登录账号。请另选。',
    en: 'A password does not contain the login. Choose another.',
  },
  passwordCommon: {
    status: 422,
    zh: '该密码由常见密码或连续、重复的字符组成，容易被猜中。请另选，例如一句只有您知道的话。',
    en: 'This is made of widely used passwords, runs or repetitions, and soon guessed. Choose another, such as a sentence only you know.',
  },
  passwordReused: {
    status: 422,
    zh: '该密码与现用或最近 {count} 次用过的密码相同。请另选。',
    en: 'This is the present password or one of the last {count}. Choose another.',
  },
  accountExists: {
    status: 409,
    zh: '此人已有本系统账号。如忘记密码，请重置。',
    en: 'This person has an account already. Reset it if the password is lost.',
  },
  loginTaken: {
    status: 409,
    zh: '账号“{login}”已被使用。请另选。',
    en: 'The login "{login}" is taken. Choose another.',
  },
  setupCodeWrong: {
    status: 403,
    zh: '启动码不正确、已用过或已过期。请核对启动时终端显示的启动码；重新启动会显示新的。',
    en: 'The code is wrong, used or expired. Look at what the start printed in the terminal; starting again prints a new one.',
  },
  secondFactorThere: {
    status: 409,
    zh: '已启用动态验证码。如需更换验证器，请先停用。',
    en: 'A second factor is in use already. Remove it first to change the authenticator.',
  },
  currentPasswordWrong: {
    status: 422,
    zh: '现用密码不正确。请检查后重试。',
    en: 'The present password is wrong. Check it and try again.',
  },
  codeWrong: {
    status: 401,
    zh: '验证码不正确或已用过。请输入验证器上当前显示的验证码。',
    en: 'The code is wrong or was used before. Enter the one your authenticator shows now.',
  },
  notLinked: {
    status: 403,
    zh: '身份已核实，但尚未与本系统的人员关联。请联系安全保密管理员办理关联。',
    en: 'You were recognised, but nobody here is linked to you yet. Ask the security administrator to link you.',
  },
  personInactive: {
    status: 403,
    zh: '您的人员状态为离任，不能登录。如有疑问请联系安全保密管理员。',
    en: 'You are recorded as having left, so you cannot sign in. Ask the security administrator if that is wrong.',
  },
  providerRefused: {
    status: 401,
    zh: '登录平台没有确认您的身份。请重新登录，或换一种方式。',
    en: 'The provider did not confirm who you are. Sign in again, or use another way.',
  },
  stepUpRequired: {
    status: 403,
    zh: '此操作须先再次验证身份（距上次验证已超过 {minutes} 分钟）。请验证后继续，已填内容不会丢失。',
    en: 'For this you prove again who you are (the last time was more than {minutes} minutes ago). What you filled in is kept.',
  },
  stepUpByToken: {
    status: 403,
    zh: '此操作须本人再次验证身份，访问令牌不能办理。请在控制台登录后办理。',
    en: 'For this a person proves again who he is, which an access token cannot. Sign in to the console for it.',
  },
  notCandidate: {
    status: 403,
    zh: '此待办不由您办理。当前办理人可在“待办”中查看。需要由您办理的，请办理人转交或委托。',
    en: 'This task is not yours to decide. The case page shows who holds it. If it should be yours, ask that person to hand it over or delegate it.',
  },
  separation: {
    status: 403,
    zh: '此事项须由另一人办理（{why}）。请转请他人办理，或联系经营部。',
    en: 'This must be done by another person ({why}). Hand it to somebody else, or ask the office.',
  },
  conflicted: {
    status: 403,
    article: '7.3',
    zh: '您与本事项存在利害关系，须回避（{why}）。您无需办理；如有异议请联系经营部。',
    en: 'You are concerned in this matter and are recused ({why}). There is nothing for you to do; if this is wrong, tell the office.',
  },
  notFound: {
    status: 404,
    zh: '没有找到，或您无权查看。请核对地址，或从“待办”“事项”进入；应当能看到时请联系经营部。',
    en: 'Not found, or not yours to see. Check the address, or come by the inbox or the list of cases; ask the office if you should see it.',
  },
  taskClosed: {
    status: 409,
    zh: '此待办已办结，您的操作没有生效。请刷新查看进展。',
    en: 'This task is already closed; your action changed nothing. Reload to see where the case stands.',
  },
  ballotClosed: {
    status: 409,
    zh: '表决已结束，您的操作没有生效。请刷新页面查看结果。',
    en: 'The ballot is closed; your action changed nothing. Reload the page to see the result.',
  },
  voteOverdue: {
    status: 409,
    zh: '表决时间已过（截止 {due}），不再接受表决。请刷新页面查看表决结果；确需改变的，请联系经营部。',
    en: 'The time for voting ended at {due}; votes are no longer taken. Reload the page to see how it went, and ask the office if something must be done.',
  },
  voteFinal: {
    status: 409,
    zh: '现为主任表态阶段，其他成员的表决已定，不能更改。请等待主任表态。',
    en: 'It is the director’s turn: the other votes are final and cannot be changed. Wait for the director.',
  },
  notYetDirector: {
    status: 409,
    zh: '按末位表态规则，主任在其他成员表决后表态（系统默认）。请等待其他成员表决，届时会收到待办。',
    en: 'The director votes last: his task opens when the others have acted (assumption). Wait: it will come to your inbox.',
  },
  notYourMatter: {
    status: 409,
    zh: '事项现处于“{state}”，不能进行此操作。请刷新页面，按当前状态办理。',
    en: 'This cannot be done while the case is at "{state}". Reload the page and go by its present state.',
  },
  nameTaken: {
    status: 409,
    zh: '已有名为“{name}”的条目。请换一个名称。',
    en: 'There is one named "{name}" already. Choose another name.',
  },
  tooMany: {
    status: 409,
    zh: '最多可保留 {limit} 项。请先删除不用的。',
    en: 'At most {limit} can be kept. Remove one that is not needed first.',
  },
  notInBulk: {
    status: 422,
    zh: '此类办理须逐件进行，不能批量（系统默认）。请打开事项单独办理。',
    en: 'This answer is given to each task by itself, never in bulk (assumption). Open the case and decide it there.',
  },
  pulledOut: {
    status: 409,
    article: '10.3',
    zh: '此户已由委员提出单独审议，不再批量表决（系统默认）。请打开事项单独表决。',
    en: 'A member of the committee has had this account decided singly, so it is not voted in bulk (assumption). Open the case and vote there.',
  },
  decidedSingly: {
    status: 409,
    article: '10.3',
    zh: '批量表决只用于建议“维持现状”且首次表决的客户（系统默认）。请打开事项单独表决。',
    en: 'Only accounts proposed to be maintained, in their first ballot, are voted in bulk (assumption). Open the case and vote there.',
  },
  approverPending: {
    status: 409,
    zh: '加签意见尚未给出。请等待加签人办理。',
    en: 'An added approver has not answered yet. Wait for the answer, or urge it.',
  },
  approverDisagrees: {
    status: 409,
    zh: '加签人不同意，不能通过；请退回或另行处理。',
    en: 'An added approver disagrees, so this cannot be granted: return it instead.',
  },
  alreadyClaimed: {
    status: 409,
    zh: '此待办已由他人领取。请刷新页面；需要由您办理的，请与领取人商量退领。',
    en: 'Somebody else has claimed this task. Reload the page; if it should be yours, ask the person to release it.',
  },
  alreadyExtended: {
    status: 409,
    zh: '每项待办只能延期一次（系统默认）。请在期限内办理，或将事项转交他人。',
    en: 'A task can be extended once only (assumption). Decide it in time, or hand it to somebody else.',
  },
  urgedRecently: {
    status: 429,
    retry: true,
    zh: '刚刚催办过。请在 {minutes} 分钟后再试。',
    en: 'It was urged a moment ago; try again in {minutes} minutes.',
  },
  caseEnded: {
    status: 409,
    zh: '此事项已终结（{state}）。请查看办理过程；确需继续的，请重新发起。',
    en: 'This case has ended ({state}). Read how it went; if it must go on, start a new one.',
  },
  clientInProgress: {
    status: 409,
    article: '7.1',
    zh: '该客户正在办理中，请与经营部联系。您可以申请共同推荐（办法第七条第四款）。',
    en: 'This client is in progress: ask the office. You may ask to co-recommend it (Article 7.4).',
  },
  clientHeld: {
    status: 409,
    article: '7.3',
    zh: '该客户已是大客户，由{holder}专属对接，其他单位不得再行开发（办法第七条第三款）。例外：客户经理或单位不称职、客户要求撤换、与推荐单位存在利益冲突。有以上情形的，请向经营部提出。',
    en: 'This client is an established key account held by {holder}; no other unit may develop it (Article 7.3). Exceptions: manager or unit not competent, the client asks for replacement, conflict of interest with the recommending unit. If one of these holds, tell the office.',
  },
  clientOwn: {
    status: 409,
    article: '7.3',
    zh: '该客户已是贵单位对接的大客户，不需要再次推荐。如已调出名单，请在该大客户页面提出恢复列入名单；其他变动请与经营部联系。',
    en: 'This client is a key account of your own unit already and need not be recommended again. If it was taken off the list, ask on its page that it come back; for anything else ask the office.',
  },
  notDelisted: {
    status: 409,
    article: '8',
    zh: '该大客户没有被调出名单，不需要恢复列入。尚未列入的，由委员会定期公布名单时列入（办法第八条），请等待下一期名单。',
    en: 'This key account was not taken off the list, so there is nothing to put back. One that is not on it yet is listed when the committee publishes the list (Article 8): wait for the next edition.',
  },
  notHolder: {
    status: 409,
    article: '7.2',
    zh: '贵单位已不再是该大客户的推荐单位，不能行使首选权。请在随后的协商中提出意见。',
    en: 'Your unit no longer holds this key account, so it has no first choice. Say what it thinks in the consultation that follows.',
  },
  accountBusy: {
    status: 409,
    article: '7.3',
    zh: '该大客户已有一件同类事项在办。请等待其办结，或在该事项中办理。',
    en: 'A case of this kind is already open for this key account. Wait until it has ended, or go on in that case.',
  },
  campaignClosed: {
    status: 409,
    article: '10.3',
    zh: '{year}年度评价已全部办结，您的操作没有生效。请刷新查看；下一年度评价于12月开始。',
    en: 'The annual review of {year} is settled; your action changed nothing. Reload to see it; the next one begins in December.',
  },
  campaignPaused: {
    status: 409,
    article: '10.3',
    zh: '{year}年度评价已暂停至 {until}。如需改期，请先恢复，再重新暂停。',
    en: 'The annual review of {year} is paused until {until} already. To change the day, resume it and pause it again.',
  },
  campaignNotPaused: {
    status: 409,
    article: '10.3',
    zh: '{year}年度评价未在暂停中，您的操作没有生效。请刷新查看。',
    en: 'The annual review of {year} is not paused; your action changed nothing. Reload to see it.',
  },
  inCampaign: {
    status: 409,
    article: '10.3',
    zh: '该大客户已在{year}年度评价中，每个年度只评价一次。请在列表中查看其进展。',
    en: 'This key account is in the annual review of {year} already, and is reviewed once a year. Look for it in the list.',
  },
  reviewSettled: {
    status: 409,
    article: '10.3',
    zh: '该大客户本年度的评价已有结论或已不参加，不能再剔除。请刷新查看。',
    en: 'The review of this key account is decided or has been left out already, so it cannot be excluded any more. Reload to see it.',
  },
  editionOpen: {
    status: 409,
    article: '8',
    zh: '已有一期大客户名单正在办理。请等待其发布，或撤回该期后再开始。',
    en: 'An edition of the key-account list is already being prepared. Wait until it is published, or withdraw it first.',
  },
  listEmpty: {
    status: 409,
    article: '8',
    zh: '名单上没有大客户，没有可以审定或批准的内容。请先核对各大客户是否列入名单。',
    en: 'There is no key account on the list, so there is nothing to approve or ratify. Check first which accounts are on it.',
  },
  accountTerminated: {
    status: 409,
    article: '10.3',
    zh: '该大客户已终止合作，不能再办理。档案仍可查阅；重新合作的，请重新推荐。',
    en: 'Cooperation with this key account was terminated, so nothing more can be done for it. Its files can still be read; to work with it again, recommend it anew.',
  },
  marketingTaskClosed: {
    status: 409,
    zh: '此营销任务已完成或已取消，您的操作没有生效。请刷新查看。',
    en: 'This marketing task is done or dropped already; your action changed nothing. Reload to see it.',
  },
  visitInFuture: {
    status: 422,
    article: '6.1',
    zh: '{day}还没有到，不能登记为已完成的回访（办法第六条第一款）。请核对日期；尚未进行的，请登记为计划。',
    en: '{day} has not come yet, so no visit can have been made on it (Article 6.1). Check the date, or plan the visit instead.',
  },
  visitBeforeHolding: {
    status: 422,
    article: '6.1',
    zh: '{day}早于该单位、该客户经理开始对接的日期。请核对日期。',
    en: '{day} lies before this unit and manager held the account. Check the date.',
  },
  visitAfterHolding: {
    status: 422,
    article: '6.1',
    zh: '{day}晚于该单位、该客户经理对接结束的日期。请核对日期，或由现任客户经理登记。',
    en: '{day} lies after this unit and manager held the account. Check the date, or have the present manager enter the visit.',
  },
  visitInPast: {
    status: 422,
    article: '6.1',
    zh: '{day}已经过去，不能再作计划。请改为今天或以后的日期；已经进行的，请直接登记回访。',
    en: '{day} has passed, so nothing can be planned for it. Choose today or later, or enter the visit if it was made.',
  },
  visitNotPlanned: {
    status: 409,
    zh: '该次回访已经登记或取消，您的操作没有生效。请刷新查看。',
    en: 'This visit was already entered or cancelled; your action changed nothing. Reload to see it.',
  },
  visitNotDone: {
    status: 409,
    zh: '只能更正已登记且未被更正过的回访。请刷新后，在最新的一条上更正。',
    en: 'Only a visit that was entered, and not corrected since, can be corrected. Reload and correct the latest entry.',
  },
  reportedAlready: {
    status: 409,
    article: '6.2',
    zh: '截至今天的情况已经上报（办法第六条第二款）。如有变化，请明天以后再报。',
    en: 'What there is up to today was reported already (Article 6.2). Report again tomorrow or later, if something changes.',
  },
  checkLimit: {
    status: 429,
    article: '11',
    zh: '今日核查的客户已达每人每日 {limit} 家的上限（系统默认，防止批量探查）。请明日再查；急需时请联系经营部代查。',
    en: 'You have asked about {limit} clients today, which is the limit a person a day (assumption; against fishing). Ask again tomorrow, or have the office ask for you.',
  },
  memberHere: {
    status: 409,
    article: '7.3',
    zh: '该单位已是本客户的成员单位，无需再加入。请核对名称和代码。',
    en: 'This company is a member of the group already. Check its name and code.',
  },
  memberElsewhere: {
    status: 409,
    article: '7.3',
    zh: '该单位属于另一客户（{client}），不能同时属于两个集团。请先办理从原集团移出，再加入。',
    en: 'This company belongs to another client ({client}), and cannot belong to two groups. Have it leave that one first, then add it here.',
  },
  memberInProgress: {
    status: 409,
    article: '7.1',
    zh: '该单位正在另一事项办理中（{which}），办结前不能变更。请待其办结后再提出。',
    en: 'This company is the matter of another open case ({which}) and cannot be added or removed meanwhile. Propose it again when that has ended.',
  },
  memberHeld: {
    status: 409,
    article: '7.3',
    zh: '该单位由另一单位专属对接（{holder}），不能加入本集团。请与经营部核定其归属。',
    en: 'This company is held by another unit ({holder}) and cannot join this group. Have the office decide where it belongs.',
  },
  memberIsClient: {
    status: 409,
    article: '7.3',
    zh: '这是客户本身，不能移出集团。需要终止合作或调出名单的，请按相应程序办理。',
    en: 'This is the client itself, which cannot leave its group. To end cooperation or leave the list, use those procedures.',
  },
  entityShared: {
    status: 409,
    article: '7.1',
    zh: '有成员单位已属于另一客户。请经营部核定其归属。',
    en: 'One of the member companies already belongs to another client. The office decides where it belongs. Ask the office.',
  },
  alreadyTakenOver: {
    status: 409,
    zh: '这份表格的内容已于 {on} 导入，没有新增或改动任何数据。如需更正，请按相应程序变更，或导入只含新内容的表格。',
    en: 'The contents of this table were taken over on {on}; nothing was added or changed. Correct what is there by its own procedure, or import a table of what is new.',
  },
  importRefused: {
    status: 409,
    zh: '有 {count} 行不能导入，因此整份表格都没有导入（要么全部导入，要么一行不导）。请按报告更正后重新导入。',
    en: '{count} rows cannot be taken over, so nothing of the table was (all of it or nothing). Correct what the report says and import it again.',
  },
  importClosed: {
    status: 409,
    zh: '这次导入已作废，不能再办理。请重新上传表格。',
    en: 'This import was withdrawn, so nothing can be done with it any more. Upload the table again.',
  },
  draftChanged: {
    status: 412,
    zh: '草稿已在别处修改（现为第{version}版）。请重新载入后再保存。',
    en: 'The draft was changed elsewhere (now version {version}). Reload it before saving.',
  },
  policyChanged: {
    status: 409,
    zh: '在您填写期间，策略又有变动（现最新为第 {version} 版）。请重新载入，核对后再提交。',
    en: 'The policy was changed while you were writing (the newest is now version {version}). Reload, check and submit again.',
  },
  policyInForce: {
    status: 409,
    zh: '第 {version} 版已经生效或已撤回，不能撤回。需要更改时请另设新版本。',
    en: 'Version {version} is in force or was withdrawn already, so it cannot be withdrawn. Set a new version instead.',
  },
  tokenLonger: {
    status: 403,
    zh: '用令牌新建的令牌，有效期不能超过原令牌（至 {until}）。请缩短天数，或登录后新建。',
    en: 'A token cannot make one that lasts longer than itself (until {until}). Choose fewer days, or sign in and make it there.',
  },
  taken: {
    status: 409,
    zh: '“{field}”已被使用。请换一个。',
    en: '"{field}" is taken already. Choose another.',
  },
  unitGone: {
    status: 409,
    zh: '{unit} 已撤销，不能再变更或选用。请改选承接的单位。',
    en: '{unit} has been dissolved: it can be neither changed nor chosen. Choose the unit that took over.',
  },
  unitStays: {
    status: 409,
    zh: '{unit} 不能撤销：公司总部和经营部是委员会运行所必需的。请选择其他单位。',
    en: '{unit} cannot be dissolved: the committee cannot work without headquarters and the office. Choose another unit.',
  },
  territoryTaken: {
    status: 409,
    article: '7.2',
    zh: '该地区在此期间属于{unit}的管辖区域。请先结束原管辖，再重新划定。',
    en: 'This region belongs to the territory of {unit} in that period. End that first, then draw it anew.',
  },
  seatGiven: {
    status: 409,
    zh: '该席位刚刚已任命 {holder}。请刷新后核对，再决定是否另行任命。',
    en: 'Somebody ({holder}) was appointed to this seat a moment ago. Reload and check before you appoint another.',
  },
  absenceBegun: {
    status: 409,
    zh: '请假已经开始或已结束，不能更改；可以提前结束，再另行登记。',
    en: 'The absence has begun or ended, so it cannot be changed: end it early and enter another.',
  },
  preconditionRequired: {
    status: 428,
    zh: '修改须带 If-Match。请先读取，以所读的版本号重新提交。',
    en: 'A change needs If-Match. Read first and send the version you read with the change.',
  },
  projectChanged: {
    status: 412,
    zh: '该项目刚刚由他人修改（现为第 {version} 版），您的修改没有保存。请重新载入，核对后再改。',
    en: 'Somebody else has just changed this project (now version {version}), so your change was not saved. Reload, compare and change it again.',
  },
  projectCancelled: {
    status: 409,
    zh: '该项目已取消，不能再修改。如项目重新启动，请另行登记。',
    en: 'This project was cancelled and cannot be changed. If it goes on after all, enter it anew.',
  },
  regionUnknown: {
    status: 422,
    zh: '行政区划代码 {code} 不存在。请从地区列表中选择。',
    en: 'There is no region {code}. Choose one from the list of regions.',
  },
  employerNotOfGroup: {
    status: 422,
    zh: '所选发包人不是该客户集团的现有成员单位。请从成员单位中选择；成员有变动的，请先经经营部核定。',
    en: 'The employer is no present member of this client’s group. Choose a member; if the group has changed, have the office settle that first.',
  },
  builderByAllocation: {
    status: 422,
    article: '7.2',
    zh: '拟建项目由管辖区域内的推荐单位承建；跨区域的须经协商确定承建单位，不能直接填写（办法第七条第二款）。请清空承建单位后保存，再发起项目承建协商。',
    en: 'An upcoming project inside the recommending unit’s territory is that unit’s to build; across regions the builder is settled by allocation and cannot be entered (Article 7.2). Leave the builder empty, save, and start an allocation.',
  },
  agreedAmount: {
    status: 422,
    zh: '状态为“已确认”的须填确认金额，其他状态不填。请核对状态与确认金额。',
    en: 'An operation that is agreed has the amount agreed, any other has none. Check the state and the amount.',
  },
  dayInFuture: {
    status: 422,
    zh: '{day} 还没有到，不能作为已发生的日期。请核对；计划日期请填在“计划开工”。',
    en: '{day} has not come yet, so nothing has happened on it. Check the day; what is planned goes under the planned start.',
  },
  daysOutOfOrder: {
    status: 422,
    zh: '竣工日期（{second}）早于开工日期（{first}）。请核对两个日期。',
    en: 'The project would have finished ({second}) before it started ({first}). Check the two days.',
  },
  stateDisagrees: {
    status: 422,
    zh: '此项与所选状态不符。请先选对状态，再填写此项；不适用的请留空。',
    en: 'This does not go with the state chosen. Set the state first, then this; leave empty what does not apply.',
  },
  keyRequired: {
    status: 400,
    zh: '缺少 Idempotency-Key 请求头。请为每次操作生成一个新的键并带上。',
    en: 'The Idempotency-Key header is missing. Make a new key for each act and send it along.',
  },
  keyReused: {
    status: 422,
    zh: '同一 Idempotency-Key 已用于另一内容。请换用新的键。',
    en: 'This Idempotency-Key was used with another body. Use a new key.',
  },
  nothingToReassign: {
    status: 409,
    article: '7.3',
    zh: '没有可以撤换或调整的客户经理：该大客户暂缺客户经理，或该人员、该单位名下没有大客户。请核对后重新选择。',
    en: 'There is nobody to replace: the key account is vacant, or this person or unit holds none. Check it and choose again.',
  },
  relistingProofMissing: {
    status: 422,
    zh: '缺少证明材料：说明调出名单的事由已经消除的材料须先上传到本事项，才能提交委员会（系统默认）。请上传后再受理，或退回补充。',
    en: 'The proof is missing: what shows that the ground for leaving the list is over must lie with the case before it goes to the committee (assumption). Attach it, then admit it, or send it back.',
  },
  exitProofMissing: {
    status: 422,
    zh: '缺少证明材料：裁定书、公布信息、注销或合并文件等须先上传到本事项，才能提交委员会（系统默认）。请上传后再受理，或退回补充。',
    en: 'The proof is missing: the ruling, listing, or notice must lie with the case before it goes to the committee (assumption). Attach it, then admit it, or send it back.',
  },
  evidenceMissing: {
    status: 422,
    article: '7.3',
    zh: '缺少佐证材料：因不胜任、客户要求或利益冲突撤换，须有书面材料（办法第7.3条）。请上传佐证后再受理，或不予受理。',
    en: 'Evidence is missing: a removal for incompetence, at the client’s request or for a conflict of interest needs it in writing (Article 7.3). Attach it to the case, then admit it, or dismiss it.',
  },
  nomineeUnfit: {
    status: 422,
    article: '7.1',
    zh: '所选人员不能担任专职客户经理：{why}。请另选本单位在职人员。',
    en: 'This person cannot be the account manager: {why}. Choose an active person of the recommending unit.',
  },
  unfitPerson: {
    status: 422,
    zh: '“{field}”中的人员不能办理此事项：{why}。请另选人员。',
    en: 'A person in "{field}" cannot be given this: {why}. Choose somebody else.',
  },
  redelegation: {
    status: 422,
    zh: '受托事项不能再委托（系统默认）。请退还委托人，或亲自办理。',
    en: 'What was delegated to you cannot be delegated on (assumption). Decide it yourself, or tell who delegated it.',
  },
  notTransferable: {
    status: 409,
    zh: '表决事项不能领取、转交或委托，须本人办理。请本人表决；不能表决的请申请回避。',
    en: 'A vote cannot be claimed, transferred or delegated: it is personal. Vote yourself, or declare that you are concerned.',
  },
  votedThemselves: {
    status: 409,
    zh: '{seats} 已由本人表决。代录时请标为“本人已表决”，以本人表决为准。',
    en: '{seats} voted themselves: mark them so. Their own votes count, and the recording does not try them.',
  },
  recordingIncomplete: {
    status: 422,
    zh: '代录须列明每一席位（缺 {seats}）。请补全后重新提交。',
    en: 'A recording lists every seat, the absent too (missing: {seats}). Complete it and submit it again.',
  },
  proposalExpired: {
    status: 409,
    zh: '该提议已于 {at} 失效。如仍需处置，请重新提议。',
    en: 'This proposal expired at {at}. Propose it again if it is still needed.',
  },
  proposalOvertaken: {
    status: 409,
    zh: '提议人已不是管理员，该提议不再有效。请选“不同意”；如仍需处置，请重新提议。',
    en: 'Whoever proposed this is no administrator any more, so it cannot be confirmed. Refuse it, and propose it again if it is still needed.',
  },
  proposalOpen: {
    status: 409,
    zh: '已有同一事项的提议待另一位管理员确认。请先等待确认，或由提议人撤销。',
    en: 'The same is proposed already and waits for the other administrator. Wait, or let its proposer take it back.',
  },
  twoPersons: {
    status: 409,
    article: '3',
    zh: '“{seats}”正在一项未结束的表决中，变动须两名管理员共同办理（系统默认）。请先在“双人处置”提议安排该席位或使其空缺，由另一位管理员确认。',
    en: 'A ballot is open in which "{seats}" votes: changing that takes two administrators (assumption). First propose, under "Under two persons", who fills the seat or that it falls vacant; the other confirms.',
  },
  administratorByTwo: {
    status: 409,
    zh: '系统管理员、安全保密管理员、审计员须由两名管理员共同授予（系统默认）。请提议，由另一位管理员确认。',
    en: 'Who becomes system administrator, security administrator or auditor is decided by two administrators (assumption). Propose it; another one confirms.',
  },
  lastAdministrator: {
    status: 409,
    zh: '这是最后一名“{role}”，不能终止其角色或登记离任（系统默认）。请先提议继任者并由另一位管理员确认；须立即停止其登录的，请先停用其账号。',
    en: 'Nobody else is {role}: the role is not ended, and its holder not recorded as having left, before there is a successor (assumption). Propose one first; end his account if he must not enter any more.',
  },
  nothingToRedrive: {
    status: 409,
    zh: '该事项的流程执行与办理事实一致，无需重新驱动。请刷新页面查看当前状态。',
    en: 'The execution of this case agrees with its facts: there is nothing to start again. Reload the page to see its state.',
  },
  operatorSignal: {
    status: 403,
    zh: '当前策略不接受操作员信号。请在控制台办理，或由经营部负责人调整策略。',
    en: 'Operator signals are refused under the present policy. Decide it in the console, or have the head of the office change the policy.',
  },
  referenceInvalid: {
    status: 403,
    zh: '信号凭据无效、已使用、已过期，或签发时的登录已结束。请在控制台重新取得凭据。',
    en: 'The signal reference is unknown, used or expired, or the session it was issued under has ended. Obtain a new one in the console.',
  },
  rateLimited: {
    status: 429,
    retry: true,
    zh: '操作过于频繁。请稍后再试。',
    en: 'Too many requests. Wait a little and try again.',
  },
  undecipherable: {
    status: 500,
    zh: '资料无法解密。请联系系统管理员（密钥可能缺失）。',
    en: 'Stored content cannot be decrypted. Call the system administrator: a key may be missing.',
  },
  unavailable: {
    status: 503,
    retry: true,
    zh: '数据库暂时无法访问或过于繁忙，您的操作没有生效。请稍后重试。',
    en: 'The database is away or too busy; nothing was done. Try again shortly.',
  },
  temporalAway: {
    status: 503,
    retry: true,
    zh: '流程引擎暂时无法访问，执行记录暂不可查；办理不受影响。请稍后再查。',
    en: 'The workflow engine is away: its histories cannot be shown now. Decisions are taken all the same. Look again later.',
  },
  internal: {
    status: 500,
    zh: '系统内部错误（编号 {requestId}）。请把编号告知系统管理员。',
    en: 'Something went wrong inside (number {requestId}). Tell the system administrator this number.',
  },
} as const satisfies Record<string, Row>;

export type ErrorCode = keyof typeof rows;
export type ErrorParams = Readonly<Record<string, string | number>>;
export const errorCodes = Object.keys(rows) as readonly ErrorCode[];

/** A refusal. `field` is a path into the request (`client.members.0.uscc`), `params` fill the text. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly field: string | undefined;
  constructor(code: ErrorCode, params: ErrorParams = {}, field?: string) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.params = params;
    this.field = field;
  }
}

export function describeError(
  code: ErrorCode,
  params: ErrorParams,
  language: 'zh' | 'en',
): { readonly status: number; readonly retry: boolean; readonly article: string | null; readonly text: string } {
  const row: Row = rows[code];
  const text = row[language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '—'));
  return { status: row.status, retry: row.retry ?? false, article: row.article ?? null, text };
}
