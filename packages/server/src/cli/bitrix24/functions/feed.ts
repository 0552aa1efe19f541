import { files, id, letter, list, optional, post, standard, text, word } from '../function.ts'

const recipients = 'UA: everybody, Un: a person, DRn: a department, SGn: a workgroup'
const postid = id('The post’s id')
const message = text('The post')
const vision = standard('UA', list(`For whom. ${recipients}`))
const attached = optional(files('{"name":"path"}: files to attach'))
const title = optional(text('The post’s title'))
const ofPost = { POST_ID: 'postid' }
const postBody = { POST_MESSAGE: 'text', POST_TITLE: 'title', DEST: 'vision' }

export const feed = [
  post(
    'CreatePost',
    'log.blogpost.add',
    'Write a post',
    { text: message, vision, files: attached, title, important: standard('false', letter('It must be read')) },
    { ...postBody, IMPORTANT: 'important', FILES: 'files' },
  ),
  post(
    'UpdatePost',
    'log.blogpost.update',
    'Change a post',
    { postid, text: message, vision, files: attached, title },
    { ...postBody, ...ofPost, FILES: 'files' },
  ),
  post('DeletePost', 'log.blogpost.delete', 'Delete a post', { postid }, ofPost),
  post(
    'GetImportantPostViewers',
    'log.blogpost.getusers.important',
    'List who has read an important post',
    { postid },
    ofPost,
  ),
  post(
    'GetPosts',
    'log.blogpost.get',
    'Show a post, or list those that somebody sees',
    { postid: optional(postid), sel: standard('UA', word(`Who sees them. ${recipients}`)) },
    { ...ofPost, LOG_RIGHTS: 'sel' },
  ),
  post(
    'AddPostComment',
    'log.blogcomment.add',
    'Comment on a post',
    { postid, text: text('The comment') },
    { ...ofPost, TEXT: 'text' },
  ),
  post(
    'AddPostRecipients',
    'log.blogpost.share',
    'Show a post to more people',
    { postid, vision: word(`To whom. ${recipients}`) },
    { ...ofPost, DEST: 'vision' },
  ),
]
